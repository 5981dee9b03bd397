import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import type { Overview } from "#server/stats/views.ts";

const text = fr.dashboard.funnel;
const steps = ["sent", "delivered", "read", "answers"] as const;

/** What becomes of what was sent, step by step. Bars of plain elements: their lengths repeat the numbers beside them. */
export function FunnelCard({ totals }: { totals: Overview["totals"] }) {
  return (
    <Card aria-label={text.title}>
      <CardHeader title={text.title} hint={text.hint} />
      <CardBody className="grid gap-4">
        <dl className="grid gap-3">
          {steps.map((step) => (
            <div key={step} className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-1">
              <dt>{text[step]}</dt>
              <dd className="tabular-nums">
                <span className="font-medium">{count(totals[step])}</span>{" "}
                <span className="inline-block w-12 text-right text-ink-soft">
                  {percent(totals[step], totals.sent)}
                </span>
              </dd>
              <dd aria-hidden className="col-span-2 h-3 overflow-hidden rounded-full bg-sunken">
                <div
                  className="h-full rounded-full bg-accent transition-[width] duration-500"
                  style={{ width: `${Math.min(100, (totals[step] / Math.max(1, totals.sent)) * 100)}%` }}
                />
              </dd>
            </div>
          ))}
        </dl>
        <p className="text-[0.8125rem] text-ink-soft">{text.readHint}</p>
      </CardBody>
    </Card>
  );
}
