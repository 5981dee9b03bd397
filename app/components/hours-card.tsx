import { lazy } from "react";
import { ChartFrame, ChartTable } from "#app/components/charts/chart-frame.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";

const HoursChart = lazy(async () => ({
  default: (await import("#app/components/charts/bars.tsx")).HoursChart,
}));

const text = fr.dashboard.hours;

/** At which hours of the day contacts answer. */
export function HoursCard({ hours }: { hours: readonly number[] }) {
  const most = Math.max(...hours);
  const hint = most === 0 ? text.none : text.peak(text.slot(hours.indexOf(most)));
  return (
    <Card aria-label={text.title}>
      <CardHeader title={text.title} hint={hint} />
      <CardBody className="grid gap-3">
        <ChartFrame className="h-48">
          <HoursChart hours={hours} />
        </ChartFrame>
        <ChartTable
          label={text.title}
          head={[text.hour, text.answers]}
          rows={hours.map((answers, hour) => [text.slot(hour), count(answers)])}
        />
      </CardBody>
    </Card>
  );
}
