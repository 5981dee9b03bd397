import { Form } from "@remix-run/react";
import { Search } from "lucide-react";
import { useId } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { categorySize } from "#app/lib/category-size.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import { contactSituations, contactSorts } from "#server/domain/inputs.ts";
import { membershipStates } from "#server/domain/sandbox-membership.ts";

const text = fr.contacts;

/** Searches as one types; Enter and the button work without JavaScript. */
export function ContactFilters({ categories }: { categories: readonly CategoryRow[] }) {
  const id = useId();
  const { search, input, submitSoon } = useFilterForm();

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
      <FilterChoice name="categorie" label={text.categoryFilter}>
        <option value="">{text.allCategories}</option>
        {categories.map(({ id, name, contacts }) => (
          <option key={id} value={id}>
            {name} ({categorySize({ contacts })})
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="etat" label={text.stateFilter}>
        <option value="">{text.allStates}</option>
        {membershipStates.map((state) => (
          <option key={state} value={state}>
            {fr.sandbox.membership[state]}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="situation" label={text.situationFilter}>
        <option value="">{text.allSituations}</option>
        {contactSituations.map((situation) => (
          <option key={situation} value={situation}>
            {text.situations[situation]}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="tri" label={text.sortLabel}>
        {contactSorts.map((sort) => (
          <option key={sort} value={sort === "recent" ? "" : sort}>
            {text.sorts[sort]}
          </option>
        ))}
      </FilterChoice>
      <noscript>
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
    </Form>
  );
}
