import { useSearchParams, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";

/**
 * What the filters above a list share: the search in the address, its field, and a form that is sent soon after a change,
 * once for what is changed at a stretch. Nothing is sent any more when the list has been left.
 */
export function useFilterForm() {
  const [params] = useSearchParams();
  const submit = useSubmit();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const search = params.get("recherche") ?? "";

  // a link or the back button changed the search, not the person in the field
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = search;
  }, [search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function submitSoon(form: HTMLFormElement, delayMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), delayMs);
  }

  return { search, input, submitSoon };
}
