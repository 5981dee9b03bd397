import { Link } from "@remix-run/react";
import { lazy } from "react";
import { ChartFrame, ChartTable } from "#app/components/charts/chart-frame.tsx";
import { Swatch } from "#app/components/charts/patterns.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { createFormat } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { useClock } from "#app/lib/clock.tsx";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import type { Overview } from "#server/stats/views.ts";

const VolumeChart = lazy(async () => ({
  default: (await import("#app/components/charts/bars.tsx")).VolumeChart,
}));

const text = fr.dashboard.volume;
/** days are no moments: any zone does, as long as it is the one they are read in */
const { date } = createFormat("UTC");

type VolumeCardProps = { days: Overview["days"]; periods: readonly number[] };

/** How much went out, failed and came back, day by day. */
export function VolumeCard({ days, periods }: VolumeCardProps) {
  const { now } = useClock();
  const points = days.map(({ day, ...counts }) => ({
    label: date(new Date(`${day}T00:00Z`), now),
    ...counts,
  }));
  const sum = (key: "accepted" | "failed" | "answers") => days.reduce((total, day) => total + day[key], 0);
  return (
    <Card aria-label={text.title}>
      <CardHeader
        title={text.title}
        hint={text.summary(sum("accepted"), sum("failed"), sum("answers"))}
        actions={<Periods chosen={days.length} periods={periods} />}
      />
      <CardBody className="grid gap-3">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-ink-soft">
          <li className="flex items-center gap-1.5">
            <Swatch id="legend-accepted" fill="solid" color="var(--accent)" />
            {text.accepted}
          </li>
          <li className="flex items-center gap-1.5">
            <Swatch id="legend-failed" fill="diagonal" color="var(--danger)" />
            {text.failed}
          </li>
          <li className="flex items-center gap-1.5">
            <svg aria-hidden width="22" height="16" viewBox="0 0 22 16">
              <path d="M0 8 H22" stroke="var(--info)" strokeWidth="2" strokeDasharray="5 3" />
              <circle cx="11" cy="8" r="3" fill="var(--surface)" stroke="var(--info)" strokeWidth="2" />
            </svg>
            {text.answers}
          </li>
        </ul>
        <ChartFrame className="h-64">
          <VolumeChart points={points} />
        </ChartFrame>
        <ChartTable
          label={text.title}
          head={[text.day, text.accepted, text.failed, text.answers]}
          rows={points
            .toReversed()
            .map(({ label, accepted, failed, answers }) => [
              label,
              count(accepted),
              count(failed),
              count(answers),
            ])}
        />
      </CardBody>
    </Card>
  );
}

function Periods({ chosen, periods }: { chosen: number; periods: readonly number[] }) {
  const { label, days } = fr.dashboard.period;
  return (
    <nav aria-label={label} className="flex rounded-lg border border-line bg-sunken p-0.5">
      {periods.map((period) => (
        <Link
          key={period}
          to={paths.dashboard({ jours: period })}
          preventScrollReset
          aria-current={period === chosen ? "true" : undefined}
          className={cn(
            "rounded-md px-3 py-1 text-[0.8125rem] text-ink-soft transition-colors hover:text-ink",
            period === chosen && "bg-raised font-medium text-ink shadow-card",
          )}
        >
          {days(period)}
        </Link>
      ))}
    </nav>
  );
}
