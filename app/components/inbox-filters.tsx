import { useLocation } from "@remix-run/react";
import { FilterForm } from "#app/components/ui/filter-form.tsx";
import { FilterLink } from "#app/components/ui/filter-link.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { filterWord, type InboxFilter, type InboxQuery } from "#app/lib/inbox-query.ts";
import type { InboxCounts } from "#server/conversations/views.ts";
import { inboxFilters } from "#server/domain/inputs.ts";

const text = frConversations;

type InboxFiltersProps = { query: InboxQuery; counts: InboxCounts; withStrangers: boolean };

/** The search and the views of the inbox, beside whatever conversation is open. */
export function InboxFilters({ query: { search, filter }, counts, withStrangers }: InboxFiltersProps) {
  const { pathname } = useLocation();
  const to = (one: InboxFilter | null) => {
    const word = filterWord(one);
    const chosen = [...(word ? [["filtre", word]] : []), ...(search ? [["recherche", search]] : [])];
    return chosen.length === 0 ? pathname : `${pathname}?${new URLSearchParams(chosen)}`;
  };
  const totals: Partial<Record<InboxFilter, number>> = { unread: counts.unread, strangers: counts.strangers };
  const shown: (InboxFilter | null)[] = [
    null,
    ...inboxFilters,
    ...(withStrangers ? ["strangers" as const] : []),
  ];
  return (
    <div className="grid gap-3 border-line border-b p-4">
      {filter !== "strangers" && (
        <FilterForm label={text.search} placeholder={text.searchPlaceholder}>
          {filter && <input type="hidden" name="filtre" value={filterWord(filter) ?? ""} />}
        </FilterForm>
      )}
      <nav aria-label={text.filterLabel} className="flex flex-wrap gap-1.5">
        {shown.map((one) => (
          <FilterLink
            key={one}
            to={to(one)}
            active={filter === one}
            label={text.filters[one ?? "all"]}
            {...totalOf(one && totals[one])}
          />
        ))}
      </nav>
    </div>
  );
}

/** As the navigation says it: beyond 99 nobody reads a number. */
const totalOf = (total: number | null | undefined) =>
  total ? { total: Math.min(total, 99), totalIsMore: total > 99 } : {};
