import { Form, useNavigation } from "@remix-run/react";
import { Trash2, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Checkbox } from "#app/components/ui/checkbox.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Select } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import { useHydrated } from "#app/lib/use-hydrated.ts";
import type { Picking } from "#app/lib/use-picking.ts";
import type { CategoryRow } from "#server/categories/views.ts";

const text = fr.contacts.bulk;

type ContactsBulkProps = {
  formId: string;
  picking: Picking;
  categories: readonly CategoryRow[];
  /** how many the filter shows, and in words */
  total: number;
  totalText: string;
  shown: number;
  problem: FormProblem | undefined;
};

/**
 * What can be done to the picked contacts, or to all that the filter shows; there while one is picked. Before JavaScript
 * the style sheet sees to that, and deleting asks on a page of its own (`DeleteQuestion`).
 */
export function ContactsBulk(props: ContactsBulkProps) {
  const { formId, picking, categories, total, totalText, shown, problem } = props;
  const [everyone, setEveryone] = useState(false);
  const [asking, setAsking] = useState(false);
  const select = useId();
  const all = useId();
  const { state, formData } = useNavigation();
  const intent = state === "idle" ? null : formData?.get("intent");
  const pending = (name: string) => intent === name;
  const hydrated = useHydrated();
  const who = everyone ? totalText : text.chosen(picking.picked.size);

  useEffect(() => {
    if (!picking.all) setEveryone(false);
  }, [picking.all]);

  useEffect(() => {
    if (!picking.some) setAsking(false);
  }, [picking.some]);

  return (
    <Form
      method="post"
      id={formId}
      aria-label={text.label}
      className={cn(
        "sticky top-0 z-20 flex-wrap items-center gap-2 border-line border-b bg-raised px-4 py-3 sm:px-6",
        picking.some ? "flex" : "hidden",
        !hydrated && "group-has-[input[name=ids]:checked]/contacts:flex",
      )}
    >
      <p aria-live="polite" className="mr-2 font-medium tabular-nums">
        {hydrated ? who : text.label}
      </p>
      {everyone && <input type="hidden" name="everyone" value="1" />}
      {picking.all && total > shown && (
        <span className="mr-2 flex items-center gap-2">
          <Checkbox id={all} checked={everyone} onChange={(event) => setEveryone(event.target.checked)} />
          <label htmlFor={all} className="cursor-pointer">
            {text.everyone(totalText)}
          </label>
        </span>
      )}
      {hydrated && !picking.all && (
        <Button variant="ghost" size="sm" className="xl:hidden" onClick={() => picking.pickAll(true)}>
          {text.pickPage}
        </Button>
      )}
      <div className="flex min-w-0 flex-wrap items-center gap-2 sm:ml-auto">
        <label htmlFor={select} className="sr-only">
          {text.category}
        </label>
        <Select id={select} name="categoryId" defaultValue="" className="w-48 max-sm:w-full">
          <option value="">{text.chooseCategory}</option>
          {categories.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <SubmitButton name="intent" value="categorise" variant="secondary" pending={pending("categorise")}>
          {text.add}
        </SubmitButton>
        <SubmitButton
          name="intent"
          value="uncategorise"
          variant="secondary"
          pending={pending("uncategorise")}
        >
          {text.remove}
        </SubmitButton>
        <Button
          type="submit"
          name="intent"
          value="askToDelete"
          variant="dangerGhost"
          aria-haspopup="dialog"
          onClick={(event) => {
            event.preventDefault();
            setAsking(true);
          }}
        >
          <Trash2 aria-hidden />
          {fr.common.remove}
        </Button>
        <Button
          type="reset"
          variant="ghost"
          size="icon"
          className="max-sm:absolute max-sm:top-1.5 max-sm:right-2"
          aria-label={text.clear}
          onClick={() => picking.pickAll(false)}
        >
          <X aria-hidden />
        </Button>
      </div>
      <div className="w-full has-[[role=alert]:empty]:hidden">
        <FormError problem={problem} />
      </div>
      <Dialog open={asking} onOpenChange={setAsking} title={text.deleteTitle(who)}>
        <div className="grid gap-6">
          <p className="text-ink-soft">{text.deleteText}</p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {fr.common.back}
            </Button>
            <SubmitButton
              form={formId}
              name="intent"
              value="deleteMany"
              variant="danger"
              pending={pending("deleteMany")}
            >
              {text.deleteConfirm}
            </SubmitButton>
          </div>
        </div>
      </Dialog>
    </Form>
  );
}

/** Before JavaScript: asks once more. */
export function DeleteQuestion({ ids }: { ids: readonly number[] }) {
  return (
    <Form method="post" className="grid gap-3 border-line border-b bg-danger-soft px-4 py-4 sm:px-6">
      {ids.map((id) => (
        <input key={id} type="hidden" name="ids" value={id} />
      ))}
      <p className="font-medium">{text.deleteTitle(text.chosen(ids.length))}</p>
      <p>{text.deleteText}</p>
      <div>
        <SubmitButton name="intent" value="deleteMany" variant="danger" pending={false}>
          {text.deleteConfirm}
        </SubmitButton>
      </div>
    </Form>
  );
}
