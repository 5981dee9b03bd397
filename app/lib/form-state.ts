// What an action answers when a form cannot be accepted: shared by the server that writes it and the forms that show it.
import { type RefObject, useEffect, useRef } from "react";
import { toast } from "sonner";

export type FormProblem = {
  /** field name → French text */
  fieldErrors: Record<string, string>;
  /** what concerns the form as a whole */
  formError: string | null;
  /** what was typed, for a page that was rendered anew; passwords left out */
  values: Record<string, string[]>;
};

/** Puts the focus on the first faulty field as soon as an answer names one. */
export function useFocusOnError(problem: FormProblem | undefined): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);
  return form;
}

/** For buttons without fields: what went wrong is told in a toast. */
export function useErrorToast(problem: FormProblem | undefined): void {
  useEffect(() => {
    if (problem) toast.error(problem.formError ?? Object.values(problem.fieldErrors)[0]);
  }, [problem]);
}
