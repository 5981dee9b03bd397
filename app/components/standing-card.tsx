import { lazy } from "react";
import { ChartFrame } from "#app/components/charts/chart-frame.tsx";
import { type Fill, Swatch } from "#app/components/charts/patterns.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import type { Overview } from "#server/stats/views.ts";

const Ring = lazy(async () => ({ default: (await import("#app/components/charts/ring.tsx")).Ring }));

const text = fr.dashboard.standing;

type Part = keyof Overview["standing"];

const looks: Record<Part, { fill: Fill; color: string }> = {
  read: { fill: "solid", color: "var(--info)" },
  delivered: { fill: "diagonal", color: "var(--accent)" },
  sent: { fill: "dots", color: "var(--accent)" },
  waiting: { fill: "empty", color: "var(--field-line)" },
  failed: { fill: "cross", color: "var(--danger)" },
  leftOut: { fill: "lines", color: "var(--ink-soft)" },
};

/** Where every message stands, as a ring and, beside it, in a table that is its legend. */
export function StandingCard({ standing }: { standing: Overview["standing"] }) {
  const parts = (Object.keys(looks) as Part[]).map((key) => ({ key, value: standing[key], ...looks[key] }));
  const shown = parts.filter(({ value }) => value > 0);
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  return (
    <Card aria-label={text.title}>
      <CardHeader title={text.title} hint={text.hint} />
      <CardBody className="flex flex-wrap items-center gap-x-8 gap-y-4">
        <div className="relative mx-auto size-44 shrink-0">
          <ChartFrame className="h-44">
            <Ring parts={shown} />
          </ChartFrame>
          <p aria-hidden className="absolute inset-0 grid place-content-center text-center">
            <strong className="font-semibold text-xl tabular-nums">{count(total)}</strong>
            <span className="text-ink-soft text-xs">{text.total}</span>
          </p>
        </div>
        <table aria-label={text.title} className="min-w-0 flex-1 basis-64">
          <thead className="sr-only">
            <tr>
              <th scope="col">{text.status}</th>
              <th scope="col">{text.messages}</th>
              <th scope="col">{text.share}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ key, value, fill, color }) => (
              <tr key={key} className="border-line not-last:border-b">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  <span className="flex items-center gap-2">
                    <Swatch id={`standing-${key}`} fill={fill} color={color} />
                    {text.parts[key]}
                  </span>
                </th>
                <td className="py-1.5 text-right font-medium tabular-nums">{count(value)}</td>
                <td className="w-14 py-1.5 text-right text-ink-soft tabular-nums">{percent(value, total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </CardBody>
    </Card>
  );
}
