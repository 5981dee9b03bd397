import { duration } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { cn } from "#app/lib/cn.ts";

type CountdownProps = {
  endsAt: Date;
  /** how long it lasted when it began */
  hours: number;
  /** from how many hours on it is nearly over */
  warningHours: number;
};

/** What is left of something that ends by itself: in words that count down, a bar, and the moment it ends. */
export function Countdown({ endsAt, hours, warningHours }: CountdownProps) {
  const { now, format } = useClock();
  const left = endsAt.getTime() - now.getTime();
  if (left <= 0) return <span className="text-ink-soft">{fr.contacts.detail.over}</span>;
  const share = Math.min(100, (left / (hours * 3_600_000)) * 100);
  const isSoon = left <= warningHours * 3_600_000;
  return (
    <span className="grid gap-1">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium tabular-nums">{fr.contacts.detail.remaining(duration(left))}</span>
        <span className="text-ink-soft text-xs">{format.until(endsAt, now)}</span>
      </span>
      <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <span
          style={{ width: `${share}%` }}
          className={cn("block h-full rounded-full", isSoon ? "bg-warning" : "bg-accent")}
        />
      </span>
    </span>
  );
}
