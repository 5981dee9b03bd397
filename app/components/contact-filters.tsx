import { Form } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { SearchField } from "#app/components/ui/search-field.tsx";
import { fr } from "#app/i18n/fr.ts";
import { categorySize } from "#app/lib/category-size.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import { contactSituations, contactSorts } from "#server/domain/inputs.ts";
import { membershipStates } from "#server/domain/sandbox-membership.ts";

const text = fr.contacts;

/** Searches as one types; Enter and the button work without JavaScript. */
export function ContactFilters({ categories }: { categories: readonly CategoryRow[] }) {
  const apply = useFilterForm();

  return (
    <Form
      role="search"
      className="grid grid-cols-2 gap-x-2 gap-y-3 border-line border-b px-4 py-3 sm:px-6 lg:grid-cols-4"
      onChange={apply}
    >
      <SearchField label={text.searchLabel} placeholder={text.searchPlaceholder} className="col-span-full" />
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
