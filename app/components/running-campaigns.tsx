import { Link } from "@remix-run/react";
import { CampaignBar } from "#app/components/campaign-bar.tsx";
import { CampaignStatusBadge } from "#app/components/status-badges.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { progressOfCounters } from "#app/lib/campaign-progress.ts";
import { paths } from "#app/lib/paths.ts";
import type { CampaignRow } from "#server/campaigns/views.ts";

const text = fr.dashboard.running;

/** What sends or is paused at this moment, and how far it is. */
export function RunningCampaigns({ rows }: { rows: readonly CampaignRow[] }) {
  return (
    <Card aria-label={text.title}>
      <CardHeader
        title={text.title}
        actions={
          <Link to={paths.campaigns} className="text-accent-ink hover:underline">
            {text.all}
          </Link>
        }
      />
      {rows.length === 0 ? (
        <p className="px-4 pt-1 pb-5 text-ink-soft sm:px-6">{text.none}</p>
      ) : (
        <ul className="px-4 py-2 sm:px-6">
          {rows.map((campaign) => (
            <RunningCampaign key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function RunningCampaign({ campaign }: { campaign: CampaignRow }) {
  const progress = progressOfCounters(campaign);
  return (
    <li className="grid gap-2 border-line py-3 not-last:border-b">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Link
          to={paths.campaign(campaign.id)}
          prefetch="intent"
          className="min-w-0 break-words font-medium hover:underline"
        >
          {campaign.name}
        </Link>
        <CampaignStatusBadge status={campaign.status} />
      </div>
      <div className="flex items-center gap-3">
        <CampaignBar progress={progress} size="sm" />
        <span className="shrink-0 text-[0.8125rem] text-ink-soft tabular-nums">
          {percent(progress.settled, progress.total)}, {text.waiting(progress.waiting)}
        </span>
      </div>
    </li>
  );
}
