import { useFetcher, useLocation, useSearchParams } from "@remix-run/react";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { fr } from "#app/i18n/fr.ts";
import { type FormProblem, useErrorToast } from "#app/lib/form-state.ts";

type Look = Pick<Parameters<typeof Button>[0], "variant" | "size" | "className">;

type ActionProps = Look & {
  intent: string;
  /** where to post; this page when not given */
  action?: string;
  /** what else to post */
  fields?: Record<string, string | number>;
  icon?: ReactNode;
  children?: string;
  /** when the word alone does not say enough out of its row */
  label?: string;
};

/** A button that does one thing at once; its refusal is told in a toast. */
export function ActionButton({ intent, action, fields, icon, children, label, ...look }: ActionProps) {
  const fetcher = useFetcher<FormProblem>();
  useErrorToast(fetcher.state === "idle" ? fetcher.data : undefined);
  return (
    <fetcher.Form method="post" {...(action && { action })}>
      <ActionFields intent={intent} fields={fields} />
      <SubmitButton pending={fetcher.state !== "idle"} variant="secondary" aria-label={label} {...look}>
        {fetcher.state === "idle" && icon}
        {children}
      </SubmitButton>
    </fetcher.Form>
  );
}

type ConfirmProps = ActionProps & {
  title: string;
  description: ReactNode;
  confirm: string;
  tone?: "primary" | "danger";
};

/**
 * A button that asks first. Before JavaScript it is a GET form that comes back with `?confirmer=…`, so that an early
 * click is not lost and never acts unasked.
 */
export function ConfirmButton(props: ConfirmProps) {
  const {
    intent,
    action,
    fields,
    icon,
    children,
    label,
    title,
    description,
    confirm,
    tone = "danger",
    ...look
  } = props;
  const key = [intent, ...Object.values(fields ?? {})].join(".");
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const asked = search.get("confirmer") === key;
  const [open, setOpen] = useState(asked);
  const fetcher = useFetcher<FormProblem>();
  const pending = fetcher.state !== "idle";
  const problem = pending ? undefined : fetcher.data;
  const errorId = useId();

  // done: an accepted action redirects and leaves no data
  const asking = useRef(false);
  useEffect(() => {
    if (fetcher.state === "submitting") asking.current = true;
    else if (asking.current) {
      asking.current = false;
      if (!fetcher.data) setOpen(false);
    }
  }, [fetcher.state, fetcher.data]);

  function onOpenChange(next: boolean) {
    if (pending) return;
    setOpen(next);
    if (!next && asked) {
      search.delete("confirmer");
      setSearch(search, { replace: true, preventScrollReset: true });
    }
  }

  return (
    <>
      <form method="get" action={pathname}>
        {[...search].map(
          ([name, value]) =>
            name !== "confirmer" && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <input type="hidden" name="confirmer" value={key} />
        <Button
          type="submit"
          aria-haspopup="dialog"
          aria-label={label}
          {...look}
          onClick={(event) => {
            event.preventDefault();
            onOpenChange(true);
          }}
        >
          {icon}
          {children}
        </Button>
      </form>
      <Dialog open={open} onOpenChange={onOpenChange} title={title}>
        <fetcher.Form
          method="post"
          {...(action && { action })}
          className="grid gap-6"
          onSubmit={(event) => {
            event.preventDefault();
            // React shows that it was sent, whatever comes how fast after it: a busy page would skip that and never close
            fetcher.submit(event.currentTarget, { flushSync: true });
          }}
        >
          <ActionFields intent={intent} fields={fields} />
          <div className="grid gap-2 text-ink-soft">{description}</div>
          {problem && (
            <p
              role="alert"
              id={errorId}
              className="flex gap-2 rounded-lg bg-danger-soft px-3 py-2 text-danger-ink"
            >
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {problem.formError ?? Object.values(problem.fieldErrors)[0]}
            </p>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <Button variant="ghost" onClick={() => onOpenChange(false)}>
              {fr.common.back}
            </Button>
            <SubmitButton pending={pending} variant={tone}>
              {confirm}
            </SubmitButton>
          </div>
        </fetcher.Form>
      </Dialog>
      {asked && (
        <noscript>
          <form method="post" {...(action && { action })}>
            <ActionFields intent={intent} fields={fields} />
            <p>{title}</p>
            <Button type="submit" variant={tone}>
              {confirm}
            </Button>
          </form>
        </noscript>
      )}
    </>
  );
}

function ActionFields({ intent, fields }: { intent: string; fields: ActionProps["fields"] }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
