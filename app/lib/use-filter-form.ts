import { useNavigate, useNavigation } from "@remix-run/react";
import { type FormEvent, useEffect, useRef } from "react";

const typingMs = 250;

/**
 * What the forms above the lists do at a change: put what is chosen into the address, at once or, of what is typed, once
 * for what is typed at a stretch. Nothing is put there any more when a link was followed meanwhile or the list left.
 */
export function useFilterForm() {
  const navigate = useNavigate();
  const { location: next } = useNavigation();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef<string>(undefined);

  useEffect(() => {
    if (next && next.search !== sent.current) clearTimeout(timer.current);
  }, [next]);
  useEffect(() => () => clearTimeout(timer.current), []);

  return function apply({ currentTarget: form, target }: FormEvent<HTMLFormElement>) {
    clearTimeout(timer.current);
    const delay = target instanceof HTMLInputElement ? typingMs : 0;
    timer.current = setTimeout(() => {
      sent.current = searchOf(form);
      navigate({ search: sent.current }, { replace: true, preventScrollReset: true });
    }, delay);
  };
}

/** What is chosen in the form, without what is not. */
function searchOf(form: HTMLFormElement): string {
  const chosen = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" && value.trim() !== "" ? [[name, value]] : [],
  );
  return chosen.length === 0 ? "" : `?${new URLSearchParams(chosen)}`;
}
