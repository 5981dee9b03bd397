import { type BarPart, ProgressBar } from "#app/components/ui/progress-bar.tsx";
import { percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import type { Progress, Segment } from "#app/lib/campaign-progress.ts";
import { cn } from "#app/lib/cn.ts";

const colors: Record<Segment, string> = {
  read: "bg-info",
  delivered: "bg-accent",
  sent: "bg-accent/45",
  failed: "bg-danger",
  uncertain: "bg-warning",
  skipped: "bg-ink-soft/55",
  cancelled: "bg-ink-soft/35",
  waiting: "bg-transparent",
};

/** A campaign's bar: what was read, delivered, sent, what failed, what waits. */
export function CampaignBar({ progress, size }: { progress: Progress; size?: "sm" | "md" }) {
  const { settled, total, segments } = progress;
  const parts: BarPart[] = segments
    .filter(({ kind }) => kind !== "waiting")
    .map(({ kind, count }) => ({ key: kind, count, className: colors[kind] }));
  return (
    <ProgressBar
      label={fr.campaigns.detail.progress}
      percent={total === 0 ? 0 : Math.floor((settled / total) * 100)}
      text={`${percent(settled, total)}, ${fr.campaigns.detail.settled(settled, total)}`}
      parts={parts}
      total={Math.max(total, 1)}
      {...(size && { size })}
    />
  );
}

/** The same in words and numbers. */
export function CampaignLegend({ progress }: { progress: Progress }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {progress.segments.map(({ kind, count: amount }) => (
        <li key={kind} className="flex items-center gap-1.5 text-[0.8125rem] text-ink-soft">
          <span
            aria-hidden
            className={cn(
              "size-2.5 rounded-full",
              kind === "waiting" ? "border-2 border-line" : colors[kind],
            )}
          />
          {fr.campaigns.detail.legend[kind]}
          <span className="font-medium text-ink tabular-nums">{count(amount)}</span>
        </li>
      ))}
    </ul>
  );
}
