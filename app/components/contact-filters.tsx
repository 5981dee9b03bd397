import { Form, useSearchParams, useSubmit } from "@remix-run/react";
import { Search } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { categorySize } from "#app/lib/category-size.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import { contactSituations, contactSorts } from "#server/domain/inputs.ts";
import { membershipStates } from "#server/domain/sandbox-membership.ts";

const text = fr.contacts;

/** Searches as one types; Enter and the button work without JavaScript. */
export function ContactFilters({ categories }: { categories: readonly CategoryRow[] }) {
  const [params] = useSearchParams();
  const id = useId();
  const submit = useSubmit();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const search = params.get("recherche") ?? "";

  // a link or the back button changed the search, not the person in the field
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = search;
  }, [search]);

  function submitSoon(form: HTMLFormElement, delayMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), delayMs);
  }

  return (
    <Form
      role="search"
      className="grid grid-cols-2 gap-x-2 gap-y-3 border-line border-b px-4 py-3 sm:px-6 lg:grid-cols-4"
      onChange={(event) =>
        submitSoon(event.currentTarget, event.target instanceof HTMLSelectElement ? 0 : 250)
      }
    >
      <div className="relative col-span-full min-w-0">
        <label htmlFor={`${id}-search`} className="sr-only">
          {text.searchLabel}
        </label>
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
        <Input
          ref={input}
          id={`${id}-search`}
          type="search"
          name="recherche"
          maxLength={100}
          defaultValue={search}
          placeholder={text.searchPlaceholder}
          className="pl-9"
        />
      </div>
      <Choice name="categorie" label={text.categoryFilter}>
        <option value="">{text.allCategories}</option>
        {categories.map(({ id, name, contacts }) => (
          <option key={id} value={id}>
            {name} ({categorySize({ contacts })})
          </option>
        ))}
      </Choice>
      <Choice name="etat" label={text.stateFilter}>
        <option value="">{text.allStates}</option>
        {membershipStates.map((state) => (
          <option key={state} value={state}>
            {fr.sandbox.membership[state]}
          </option>
        ))}
      </Choice>
      <Choice name="situation" label={text.situationFilter}>
        <option value="">{text.allSituations}</option>
        {contactSituations.map((situation) => (
          <option key={situation} value={situation}>
            {text.situations[situation]}
          </option>
        ))}
      </Choice>
      <Choice name="tri" label={text.sortLabel}>
        {contactSorts.map((sort) => (
          <option key={sort} value={sort === "recent" ? "" : sort}>
            {text.sorts[sort]}
          </option>
        ))}
      </Choice>
      <noscript>
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
    </Form>
  );
}

type ChoiceProps = { name: string; label: string; children: ReactNode };

function Choice({ name, label, children }: ChoiceProps) {
  const [params] = useSearchParams();
  const id = useId();
  const value = params.get(name) ?? "";
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="truncate text-ink-soft text-xs">
        {label}
      </label>
      <Select id={id} key={value} name={name} defaultValue={value}>
        {children}
      </Select>
    </div>
  );
}
