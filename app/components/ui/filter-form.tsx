import { Form, useNavigate } from "@remix-run/react";
import { Search } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";

const whileTypingMs = 250;

type FilterFormProps = {
  /** what the list is searched for now */
  search: string;
  label: string;
  placeholder: string;
  /** further fields, and hidden ones for what stays chosen */
  children?: ReactNode;
};

/** The search above a list, and its filters: in the address, applied while one types, and by Enter before JavaScript. */
export function FilterForm({ search, label, placeholder, children }: FilterFormProps) {
  const id = useId();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  // another list was opened, or the back button pressed; what is being typed stays
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = search;
  }, [search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function apply({ currentTarget: form, target }: FormEvent<HTMLFormElement>) {
    clearTimeout(timer.current);
    const delay = target instanceof HTMLSelectElement ? 0 : whileTypingMs;
    timer.current = setTimeout(() => {
      const chosen = [...new FormData(form)].flatMap(([name, value]) =>
        typeof value === "string" && value.trim() !== "" ? [[name, value]] : [],
      );
      navigate(
        { search: new URLSearchParams(chosen).toString() },
        { replace: true, preventScrollReset: true },
      );
    }, delay);
  }

  return (
    <Form role="search" className="flex flex-wrap gap-2" onChange={apply}>
      <div className="relative min-w-0 flex-1 basis-64">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
        <Input
          ref={input}
          id={id}
          type="search"
          name="recherche"
          maxLength={100}
          defaultValue={search}
          placeholder={placeholder}
          className="pl-9"
        />
      </div>
      {children}
      <noscript>
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
    </Form>
  );
}
