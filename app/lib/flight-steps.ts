// The timeline of a message as a person reads it: what follows from a piece of news is told with it.
import type { Format } from "#app/i18n/format.ts";
import { frJournal } from "#app/i18n/fr/journal.ts";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import type { TimelineStep } from "#server/messages/views.ts";

export type FlightStep = {
  at: Date;
  title: string;
  tone: "neutral" | "accent" | "danger";
  details: string[];
  errorCode: number | null;
  /** Twilio's, beside its code */
  errorText: string | null;
  link: { to: string; label: string } | null;
};

const text = frJournal;

const news: readonly TimelineStep["kind"][] = ["answer", "callback", "found", "look", "decision"];
/** Consequences are recorded in the transaction of the news, a moment after it. */
const consequenceMs = 2000;

type Shown = { format: Format; campaignId: number };

/** The steps in the same order, oldest first, ready to be shown. */
export function flightSteps(timeline: readonly TimelineStep[], { format, campaignId }: Shown): FlightStep[] {
  const shown: { step: TimelineStep; consequences: TimelineStep[] }[] = [];
  for (const step of timeline) {
    const last = shown.at(-1);
    if (last && follows(step, last.step)) last.consequences.push(step);
    else shown.push({ step, consequences: [] });
  }
  return shown.map(({ step, consequences }) => {
    const all = [step, ...consequences];
    const { code, message: said } = all.find(({ facts }) => typeof facts.code === "number")?.facts ?? {};
    return {
      at: step.at,
      title: titleOf(step),
      tone: toneOf(all),
      // the answer and what came of it may give the same reason
      details: [...new Set([...detailsOf(step, format), ...all.flatMap(moveOf)])],
      errorCode: typeof code === "number" ? code : null,
      errorText: typeof said === "string" ? said : null,
      link: linkOf(step, campaignId),
    };
  });
}

function follows(step: TimelineStep, before: TimelineStep): boolean {
  const consequence = step.kind === "move" || step.kind === "ignored";
  return (
    consequence &&
    news.includes(before.kind) &&
    step.attempt === before.attempt &&
    step.at.getTime() - before.at.getTime() < consequenceMs
  );
}

function titleOf({ kind, attempt, toStatus, facts }: TimelineStep): string {
  const { steps } = text;
  switch (kind) {
    case "queued":
      if (toStatus === "skipped") return steps.skipped;
      return facts.inboundSid === undefined ? steps.queued : steps.queuedAnswer;
    case "slot":
      return steps.slot(attempt ?? 1);
    case "answer":
      if (facts.httpStatus === undefined) return steps.silence;
      return Number(facts.httpStatus) < 300 ? steps.accepted : steps.refused;
    case "callback":
      return facts.status === undefined ? steps.calledBack : steps.callback(twilioWord(facts.status));
    case "found":
      return steps.found(twilioWord(facts.status));
    case "look":
      return facts.byHand ? steps.lookByHand : steps.look(Number(facts.look ?? 1));
    case "decision":
      return facts.sid === undefined ? steps.declined : steps.adopted;
    case "move":
      return fr.messages.events[String(facts.cause)] ?? fr.messages.otherEvent;
    case "other":
      return fr.messages.otherEvent;
    default:
      return steps[kind];
  }
}

function detailsOf({ at, kind, facts }: TimelineStep, format: Format): string[] {
  const { details } = text;
  const ms = (value: unknown) => text.milliseconds(Number(value));
  const lines: (string | null)[] = [];
  if (kind === "slot" && facts.slot !== undefined) {
    lines.push(details.slot(format.preciseTime(new Date(String(facts.slot)))));
  }
  if (kind === "request") lines.push(details.afterSlot(ms(facts.afterSlotMs)));
  if (kind === "answer") {
    const status = facts.httpStatus === undefined ? null : Number(facts.httpStatus);
    lines.push(details.answered(status, ms(facts.afterRequestMs)));
    if (status === null && facts.message !== undefined) lines.push(found(facts.message));
  }
  if ((kind === "answer" || kind === "decision" || kind === "found") && facts.sid !== undefined) {
    lines.push(details.sid(String(facts.sid)));
  }
  if (kind === "callback" && facts.receivedAt !== undefined) {
    const received = new Date(String(facts.receivedAt));
    lines.push(details.arrived(format.preciseTime(received), ms(at.getTime() - received.getTime())));
  }
  if (kind === "look") {
    const sids = String(facts.candidates ?? "")
      .split(", ")
      .filter((sid) => sid !== "");
    lines.push(details.found(sids.length), ...sids);
  }
  if (kind === "contactAnswer") lines.push(details.quote(String(facts.content ?? "")));
  if (kind === "noMessageTwo") lines.push(text.refusals[String(facts.refusal)] ?? null);
  if (kind === "queued" && facts.reason !== undefined) {
    lines.push(fr.messages.reasons[String(facts.reason)] ?? null);
  }
  return lines.filter((line) => line !== null && line !== "") as string[];
}

/** From where to where a step moved the message, and when it is tried again. */
function moveOf({ kind, fromStatus, toStatus, facts }: TimelineStep): string[] {
  if (kind === "ignored") return [text.details.ignored];
  if (!fromStatus || !toStatus || fromStatus === toStatus) return [];
  const { statuses, findings, reasons, sheet } = fr.messages;
  const why = findings[String(facts.message)] ?? (kind === "move" ? reasons[String(facts.reason)] : null);
  return [
    sheet.move(statuses[fromStatus], statuses[toStatus]),
    ...(why ? [why] : []),
    ...(facts.cause === "retry" && typeof facts.delay === "number"
      ? [text.details.retry(Number(facts.retry), text.milliseconds(facts.delay * 1000))]
      : []),
  ];
}

function toneOf(steps: readonly TimelineStep[]): FlightStep["tone"] {
  const moved = steps.map(({ toStatus }) => toStatus);
  if (moved.includes("failed") || steps[0]?.facts.code !== undefined) return "danger";
  const good = moved.includes("delivered") || moved.includes("read") || steps[0]?.kind === "contactAnswer";
  return good ? "accent" : "neutral";
}

/** Message 2 and the message whose answer it follows lead to each other; both are of one campaign. */
function linkOf({ kind, facts }: TimelineStep, campaignId: number): FlightStep["link"] {
  if (kind === "messageTwo" && typeof facts.messageId === "number") {
    return { to: paths.message(campaignId, facts.messageId), label: text.details.open };
  }
  if (kind === "queued" && typeof facts.answers === "number") {
    return { to: paths.message(campaignId, facts.answers), label: text.details.answeredMessage };
  }
  return null;
}

function found(finding: unknown): string {
  return fr.messages.findings[String(finding)] ?? String(finding);
}

function twilioWord(status: unknown): string {
  return text.twilioStatuses[String(status)] ?? String(status);
}
