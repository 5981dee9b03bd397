import { createFormat, percent } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { usdRange } from "#app/i18n/money.ts";
import { count } from "#app/i18n/plural.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { Overview } from "#server/stats/views.ts";

const text = fr.dashboard.figures;
const { date } = createFormat("UTC");

/** The four numbers an admin comes for. */
export function KeyFigures({ overview }: { overview: Overview }) {
  const { now } = useClock();
  const { totals, contacts, cost, days } = overview;
  const tried = totals.sent + totals.failed;
  const costHint = [
    text.costHint(days.length, date(new Date(`${cost.priceDate}T00:00Z`), now)),
    cost.unknownCountry > 0 && text.costUnknown(cost.unknownCountry),
  ];
  const figures = [
    { label: text.sent, value: count(totals.sent), hint: text.sentHint(totals.campaigns) },
    {
      label: text.success,
      value: tried === 0 ? fr.common.none : percent(totals.delivered, tried),
      hint: text.successHint(totals.delivered, tried),
    },
    { label: text.contacts, value: count(contacts.active), hint: text.contactsHint(contacts.all) },
    {
      label: text.cost,
      value: usdRange(cost.lowUsd, cost.highUsd),
      hint: costHint.filter(Boolean).join(", "),
    },
  ];
  return (
    <dl
      aria-label={text.label}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card xl:grid-cols-4"
    >
      {figures.map(({ label, value, hint }) => (
        <div key={label} className="flex flex-col gap-0.5 bg-surface px-4 py-4 sm:px-6">
          <dt className="text-ink-soft">{label}</dt>
          <dd className="font-semibold text-xl tabular-nums leading-8 sm:text-[1.375rem]">{value}</dd>
          <dd className="text-[0.8125rem] text-ink-soft">{hint}</dd>
        </div>
      ))}
    </dl>
  );
}
