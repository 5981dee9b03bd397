import { Form, useNavigation } from "@remix-run/react";
import { Check } from "lucide-react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Field, Fieldset } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { categoryPalette, paletteColors } from "#app/lib/category-color.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import type { CategoryRow } from "#server/categories/views.ts";

const text = fr.categories.form;

type CategoryFormProps = { category: CategoryRow | undefined; problem: FormProblem | undefined };

export function CategoryForm({ category, problem }: CategoryFormProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formMethod === "POST";
  const errors = problem?.fieldErrors ?? {};
  const chosen = problem?.values.color?.[0] ?? hexadecimal(category?.color) ?? categoryPalette.fern;
  return (
    <Form method="post" ref={form} noValidate className="grid gap-6">
      <input type="hidden" name="intent" value={category ? "update" : "create"} />
      {category && <input type="hidden" name="id" value={category.id} />}
      <FormError problem={problem} />
      <Field label={text.name} name="name" error={errors.name}>
        {(control) => (
          <Input
            {...control}
            required
            autoFocus
            maxLength={255}
            autoComplete="off"
            placeholder={text.namePlaceholder}
            defaultValue={problem?.values.name?.[0] ?? category?.name ?? ""}
          />
        )}
      </Field>
      <Fieldset legend={text.color} error={errors.color}>
        <div className="grid grid-cols-5 gap-2">
          {choices(chosen).map(({ value, label }) => (
            <label
              key={value}
              className="group grid cursor-pointer justify-items-center gap-1 rounded-lg py-1.5 text-ink-soft text-xs has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name="color"
                value={value}
                defaultChecked={value === chosen}
                className="sr-only"
              />
              <span
                aria-hidden
                style={{ "--category": value } as React.CSSProperties}
                className="category-gradient grid size-10 place-items-center rounded-xl rounded-bl-sm text-white ring-ink ring-offset-2 ring-offset-surface group-has-checked:ring-2"
              >
                <Check className="hidden size-5 drop-shadow group-has-checked:block" />
              </span>
              {label}
            </label>
          ))}
        </div>
      </Fieldset>
      <div className="flex justify-end">
        <SubmitButton pending={pending}>{category ? fr.common.save : text.create}</SubmitButton>
      </div>
    </Form>
  );
}

/** The palette, and before it a colour of the category that is not in it. */
function choices(chosen: string) {
  const known = paletteColors.some(({ value }) => value === chosen);
  return known ? paletteColors : [{ value: chosen, label: fr.categories.ownColor }, ...paletteColors];
}

function hexadecimal(color: string | null | undefined): string | null {
  return color && /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : null;
}
