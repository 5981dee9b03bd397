import { useFetcher, useNavigate, useSearchParams } from "@remix-run/react";
import { useEffect, useId, useRef, useState } from "react";
import { Combobox } from "#app/components/ui/combobox.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import { useHydrated } from "#app/lib/use-hydrated.ts";
import type { loader } from "#app/routes/messages.campagnes.ts";
import type { HistoryChoices } from "#server/messages/views.ts";

const text = fr.messages.history;
const name = "campagne";
const askAfterMs = 150;

type Campaigns = HistoryChoices["campaigns"];

/** The history of one campaign: any of them, found by a part of its name; before JavaScript one of the newest. */
export function CampaignChoice({ campaigns }: { campaigns: Campaigns }) {
  if (useHydrated()) return <SearchedChoice campaigns={campaigns} />;
  return (
    <FilterChoice name={name} label={text.campaign}>
      <option value="">{text.allCampaigns}</option>
      {campaigns.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </FilterChoice>
  );
}

function SearchedChoice({ campaigns }: { campaigns: Campaigns }) {
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const chosen = params.get(name) ?? "";
  const [found, search] = useFound();
  const applied = useRef(chosen);
  const [resets, setResets] = useState(0);
  // a link or the back button chose, not the person in the field
  useEffect(() => {
    if (applied.current === chosen) return;
    applied.current = chosen;
    setResets((count) => count + 1);
  }, [chosen]);
  const known = new Map([...campaigns, ...found].map((campaign) => [campaign.id, campaign.name]));

  /** With what else is chosen in the form. */
  function apply(value: string) {
    applied.current = value;
    const form = field.current?.closest("form");
    const entries = form ? [...new FormData(form)] : [];
    const filled = entries.flatMap(([key, entry]) =>
      typeof entry === "string" && entry !== "" && key !== name ? [[key, entry]] : [],
    );
    if (value !== "") filled.push([name, value]);
    navigate({ search: String(new URLSearchParams(filled)) }, { replace: true, preventScrollReset: true });
  }

  return (
    // what is typed to find a campaign filters nothing yet
    <div ref={field} className="grid min-w-0 gap-1" onChange={(event) => event.stopPropagation()}>
      <label htmlFor={id} className="truncate text-ink-soft text-xs">
        {text.campaign}
      </label>
      <Combobox
        key={resets}
        id={id}
        name={name}
        defaultValue={chosen}
        onValueChange={apply}
        onQuery={search}
        emptyText={text.noSuchCampaign}
        listLabel={text.campaign}
        options={[
          { value: "", label: text.allCampaigns },
          ...[...known].map(([value, label]) => ({ value: String(value), label })),
        ]}
      />
    </div>
  );
}

/** Campaigns whose names have what is typed, beyond the newest that are there already. */
function useFound(): [Campaigns, (typed: string) => void] {
  const { load, data } = useFetcher<typeof loader>();
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (typed === "") return;
    const timer = setTimeout(() => load(paths.campaignChoices(typed)), askAfterMs);
    return () => clearTimeout(timer);
  }, [typed, load]);
  return [data?.campaigns ?? [], (next) => setTyped(next.trim())];
}
