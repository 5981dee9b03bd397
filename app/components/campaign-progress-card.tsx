import { useEffect, useState } from "react";
import { CampaignBar, CampaignLegend } from "#app/components/campaign-bar.tsx";
import { FailureCauses } from "#app/components/failure-causes.tsx";
import { Card, CardBody } from "#app/components/ui/card.tsx";
import { duration, percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { type Progress, progressOf, remainingMs } from "#app/lib/campaign-progress.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { CampaignDetail } from "#server/campaigns/views.ts";

const text = fr.campaigns.detail;

/** How far a campaign is: bar, counters, causes of failures, and when it will be done. */
export function CampaignProgressCard({ campaign }: { campaign: CampaignDetail }) {
  const progress = progressOf(campaign.statusCounts);
  return (
    <Card aria-label={text.progress}>
      <CardBody className="grid gap-5">
        <div className="grid gap-3">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <p className="flex items-baseline gap-2">
              <strong className="font-semibold text-2xl tabular-nums">
                {percent(progress.settled, progress.total)}
              </strong>
              <span className="text-ink-soft tabular-nums">
                {text.settled(progress.settled, progress.total)}
              </span>
            </p>
            <End campaign={campaign} progress={progress} />
          </div>
          <CampaignBar progress={progress} />
          <CampaignLegend progress={progress} />
        </div>
        <Counters campaign={campaign} />
        {campaign.failures.length > 0 && <FailureCauses campaign={campaign} />}
      </CardBody>
      <Announcement campaign={campaign} progress={progress} />
    </Card>
  );
}

type ProgressProps = { campaign: CampaignDetail; progress: Progress };

function End({ campaign, progress }: ProgressProps) {
  const { now, format } = useClock();
  if (campaign.status !== "sending" || progress.waiting === 0) return null;
  const rest = remainingMs(progress.waiting, campaign.sender.intervalMs);
  const end = format.when(new Date(now.getTime() + rest), now);
  return <p className="text-ink-soft tabular-nums">{text.end(end, duration(rest))}</p>;
}

/** Message 1 only; delivered includes read, sent includes delivered. */
function Counters({ campaign }: { campaign: CampaignDetail }) {
  const { counters } = text;
  const shown = [
    { label: counters.recipients, value: campaign.totalRecipients },
    { label: counters.sent, value: campaign.sentCount, share: true },
    { label: counters.delivered, value: campaign.deliveredCount, share: true },
    { label: counters.read, value: campaign.readCount, share: true },
    { label: counters.failed, value: campaign.failedCount, share: true, bad: campaign.failedCount > 0 },
    { label: counters.answers, value: campaign.interactionCount },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 xl:grid-cols-6">
      {shown.map(({ label, value, share, bad }) => (
        <div key={label} className="bg-surface px-4 py-3">
          <dt className="text-ink-soft text-xs">{label}</dt>
          <dd className="flex items-baseline gap-1.5">
            <span className={`font-semibold text-xl tabular-nums ${bad ? "text-danger-ink" : ""}`}>
              {count(value)}
            </span>
            {share && (
              <span className="text-ink-soft text-xs tabular-nums">
                {percent(value, campaign.totalRecipients)}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** For screen readers: a word at every tenth of the way, not at every message. */
function Announcement({ campaign, progress }: ProgressProps) {
  const tenth = progress.total === 0 ? 0 : Math.floor((progress.settled / progress.total) * 10);
  const [said, setSaid] = useState({ tenth, words: "" });
  const words = text.announce(
    percent(progress.settled, progress.total),
    campaign.sentCount,
    campaign.failedCount,
  );
  useEffect(() => {
    setSaid((before) => (before.tenth === tenth ? before : { tenth, words }));
  }, [tenth, words]);
  return (
    <p role="status" className="sr-only">
      {said.words}
    </p>
  );
}
