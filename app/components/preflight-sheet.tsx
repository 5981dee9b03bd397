import { ContactRound, TriangleAlert, UserMinus } from "lucide-react";
import type { ReactNode } from "react";
import { LaunchChoices } from "#app/components/launch-choices.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { duration, seconds } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { usdRange } from "#app/i18n/money.ts";
import { count } from "#app/i18n/plural.ts";
import { useClock } from "#app/lib/clock.tsx";
import { contactLabel } from "#app/lib/contact-name.ts";
import { sumOf } from "#app/lib/counted.ts";
import { endOfSheet, startOfSheet } from "#app/lib/sheet-times.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { CampaignDetail, Preflight } from "#server/campaigns/views.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

const text = fr.campaigns.preflight;

type PreflightSheetProps = { campaign: CampaignDetail; sheet: Preflight; options: LaunchOptions };

/** What a launch would do: to whom, not to whom and why, how long, for how much, and how it reads. */
export function PreflightSheet({ campaign, sheet, options }: PreflightSheetProps) {
  const scheduled = campaign.status === "scheduled";
  return (
    <Card aria-label={text.title}>
      <CardHeader title={text.title} hint={scheduled ? text.hintScheduled : text.hint} />
      <CardBody className="grid gap-6">
        <div className="grid gap-2">
          <Figures sheet={sheet} scheduled={scheduled} />
          <div className="grid gap-0.5 text-[0.8125rem] text-ink-soft">
            {sheet.ahead > 0 && <p>{text.ahead(sheet.ahead)}</p>}
            <p>{text.costHelp}</p>
            {sheet.cost.unknownCountry > 0 && <p>{text.unknownCountry(sheet.cost.unknownCountry)}</p>}
          </div>
        </div>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <div className="grid gap-6">
            {sheet.skipped.length > 0 && <LeftOut skipped={sheet.skipped} />}
            {sheet.warnings.length > 0 && <Warnings warnings={sheet.warnings} scheduled={scheduled} />}
          </div>
          <div className="grid gap-6">
            <LaunchChoices campaign={campaign} sheet={sheet} options={options} />
            {sheet.previews.length > 0 && <Previews previews={sheet.previews} />}
          </div>
        </div>
      </CardBody>
    </Card>
  );
}

function Figures({ sheet, scheduled }: { sheet: Preflight; scheduled: boolean }) {
  const { now, format } = useClock();
  const { figures } = text;
  const { willSend, total, durationMs, intervalMs, cost } = sheet;
  const left = sumOf(sheet.skipped);
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line xl:grid-cols-[1fr_1fr_1fr_1fr_1.4fr] [&>:last-child]:max-xl:col-span-2">
      <Figure label={figures.recipients} value={count(willSend)} note={figures.ofTotal(total)} />
      <Figure
        label={figures.skipped}
        value={count(left)}
        note={left === 0 ? figures.nobodySkipped : sheet.skipped.map(reasonOf).join(", ")}
      />
      <Figure
        label={figures.duration}
        value={duration(durationMs)}
        note={figures.pace(seconds(intervalMs))}
      />
      <Figure
        label={figures.end}
        value={format.when(endOfSheet(sheet, now), now)}
        note={scheduled ? figures.from(format.when(startOfSheet(sheet, now), now)) : figures.now}
      />
      <Figure
        label={figures.cost}
        value={usdRange(cost.lowUsd, cost.highUsd)}
        note={figures.prices(format.date(new Date(`${cost.priceDate}T12:00:00Z`), new Date(0)))}
      />
    </dl>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div className="grid content-start gap-0.5 bg-surface px-4 py-3">
      <dt className="text-ink-soft text-xs">{label}</dt>
      <dd className="font-semibold text-xl tabular-nums">{value}</dd>
      <dd className="text-ink-soft text-xs tabular-nums">{note}</dd>
    </div>
  );
}

const reasonOf = ({ reason }: Preflight["skipped"][number]) => text.left.short[reason];

function LeftOut({ skipped }: { skipped: Preflight["skipped"] }) {
  return (
    <Part icon={<UserMinus aria-hidden className="size-4 text-ink-soft" />} title={text.left.title}>
      <ul className="grid gap-1">
        {skipped.map(({ reason, count: total }) => (
          <li key={reason} className="flex items-baseline gap-2">
            <span className="w-8 shrink-0 text-right font-medium tabular-nums">{count(total)}</span>
            <span>{text.left.reasons[reason]}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Warnings({ warnings, scheduled }: { warnings: Preflight["warnings"]; scheduled: boolean }) {
  const { membershipHours } = useSandbox();
  const words = scheduled ? { ...text.warnings.text, ...text.warnings.later } : text.warnings.text;
  return (
    <Part
      icon={<TriangleAlert aria-hidden className="size-4 text-warning-ink" />}
      title={text.warnings.title}
    >
      <ul className="grid gap-2 rounded-lg border border-warning/40 bg-warning-soft px-4 py-3 text-warning-ink">
        {warnings.map(({ reason, count: total }) => (
          <li key={reason}>{words[reason](total, membershipHours)}</li>
        ))}
      </ul>
      <p className="text-[0.8125rem] text-ink-soft">{text.warnings.estimate}</p>
    </Part>
  );
}

function Previews({ previews }: { previews: Preflight["previews"] }) {
  return (
    <Part
      icon={<ContactRound aria-hidden className="size-4 text-ink-soft" />}
      title={text.previews.title(previews.length)}
    >
      <ol className="grid gap-4 rounded-xl border border-line bg-chat-wall px-4 py-4">
        {previews.map(({ contactId, text: words, ...contact }) => (
          <li key={contactId} className="grid gap-1">
            <span className="text-ink-soft text-xs tabular-nums">
              {text.previews.to(contactLabel({ ...contact, fullNumber: contact.number }))}
            </span>
            <div className="w-fit max-w-full rounded-2xl rounded-tl-sm bg-chat-in px-3 py-2 text-ink shadow-card">
              <MessageText text={words} />
            </div>
          </li>
        ))}
      </ol>
    </Part>
  );
}

function Part({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-2">
      <h3 className="flex items-center gap-2 font-medium">
        {icon}
        {title}
      </h3>
      {children}
    </section>
  );
}
