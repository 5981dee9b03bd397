import { Link } from "@remix-run/react";
import { CampaignBar } from "#app/components/campaign-bar.tsx";
import { CategoryTags } from "#app/components/category-tag.tsx";
import { CampaignStatusBadge } from "#app/components/status-badges.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { progressOfCounters } from "#app/lib/campaign-progress.ts";
import { couldNotStart } from "#app/lib/campaign-stage.ts";
import { useClock } from "#app/lib/clock.tsx";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import type { CampaignRow } from "#server/campaigns/views.ts";

const text = fr.campaigns;

export function CampaignsTable({ rows }: { rows: readonly CampaignRow[] }) {
  const { columns } = text;
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>{columns.name}</HeadCell>
          <HeadCell>{columns.status}</HeadCell>
          <HeadCell className="w-48">{columns.progress}</HeadCell>
          <HeadCell>{columns.results}</HeadCell>
          <HeadCell className="max-xl:hidden">{columns.date}</HeadCell>
        </>
      }
    >
      {rows.map((campaign) => (
        <CampaignLine key={campaign.id} campaign={campaign} />
      ))}
    </Table>
  );
}

function CampaignLine({ campaign }: { campaign: CampaignRow }) {
  const progress = progressOfCounters(campaign);
  const launched = progress.total > 0;
  return (
    <Row>
      <Cell className="min-w-0 max-xl:w-full">
        <div className="grid gap-1">
          <Link
            to={paths.campaign(campaign.id)}
            prefetch="intent"
            className="w-fit break-words font-medium hover:underline"
          >
            {campaign.name}
          </Link>
          {campaign.categories.length > 0 && <CategoryTags categories={campaign.categories} />}
        </div>
      </Cell>
      <Cell>
        <CampaignStatusBadge status={campaign.status} />
      </Cell>
      <Cell className={launched ? "max-xl:flex-1" : "max-xl:hidden"}>
        {launched ? (
          <div className="flex items-center gap-2">
            <CampaignBar progress={progress} size="sm" />
            <span className="w-12 shrink-0 text-right text-ink-soft text-xs tabular-nums">
              {percent(progress.settled, progress.total)}
            </span>
          </div>
        ) : (
          <span className="text-ink-soft">{fr.common.none}</span>
        )}
      </Cell>
      <Cell
        className={cn(
          "text-ink-soft tabular-nums max-xl:text-[0.8125rem]",
          launched ? "max-xl:w-full" : "max-xl:hidden",
        )}
      >
        {launched ? <Results campaign={campaign} /> : fr.common.none}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft max-xl:text-[0.8125rem]">
        <When campaign={campaign} />
      </Cell>
    </Row>
  );
}

function Results({ campaign }: { campaign: CampaignRow }) {
  const { deliveredCount, failedCount, interactionCount } = campaign;
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>{text.results.delivered(deliveredCount)}</span>
      {failedCount > 0 && <span className="text-danger-ink">{text.results.failed(failedCount)}</span>}
      {interactionCount > 0 && <span>{text.results.answers(interactionCount)}</span>}
    </span>
  );
}

function When({ campaign }: { campaign: CampaignRow }) {
  const { now, format } = useClock();
  const { status, createdAt, scheduledAt, startedAt, finishedAt } = campaign;
  if (status === "scheduled" && scheduledAt) return text.schedule.meta(format.when(scheduledAt, now));
  if (finishedAt && couldNotStart(campaign)) return text.schedule.missed(format.relative(finishedAt, now));
  if (finishedAt) return text.finished(format.relative(finishedAt, now));
  if (startedAt) return text.started(format.relative(startedAt, now));
  return createdAt ? text.created(format.relative(createdAt, now)) : fr.common.none;
}
