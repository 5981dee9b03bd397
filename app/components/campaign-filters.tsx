import { FilterForm } from "#app/components/ui/filter-form.tsx";
import { FilterLink } from "#app/components/ui/filter-link.tsx";
import { FilterRow } from "#app/components/ui/filter-row.tsx";
import { fr } from "#app/i18n/fr.ts";
import type { CampaignFilter } from "#app/lib/campaign-filter.ts";
import { paths } from "#app/lib/paths.ts";
import { campaignStatuses } from "#server/domain/campaign-status.ts";

const text = fr.campaigns;

/** Search by name; all, those of one status, or the archive. */
export function CampaignFilters({ filter }: { filter: CampaignFilter }) {
  const { search, status, archived } = filter;
  const recherche = search || null;
  return (
    <div className="grid gap-3 border-line border-b px-4 py-3 sm:px-6">
      <FilterForm label={text.filter.search} placeholder={text.filter.placeholder}>
        {status && <input type="hidden" name="statut" value={status} />}
        {archived && <input type="hidden" name="archives" value="1" />}
      </FilterForm>
      <FilterRow label={text.filter.label} className="-my-1 py-1">
        <FilterLink
          to={paths.campaignList({ recherche })}
          active={!status && !archived}
          label={text.filter.all}
        />
        {campaignStatuses.map((one) => (
          <FilterLink
            key={one}
            to={paths.campaignList({ recherche, statut: one })}
            active={one === status && !archived}
            label={text.statuses[one]}
          />
        ))}
        <FilterLink
          to={paths.campaignList({ recherche, archives: "1" })}
          active={archived}
          label={text.filter.archived}
        />
      </FilterRow>
    </div>
  );
}
