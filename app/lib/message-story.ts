// The attempts and events of a message as one story, the latest step first.
import { fr } from "#app/i18n/fr.ts";
import { type MessageStatus, messageStatuses } from "#server/domain/message-status.ts";
import type { MessageDetail } from "#server/messages/views.ts";

export type Step = {
  key: string;
  at: Date;
  title: string;
  tone: "neutral" | "accent" | "danger";
  details: string[];
  errorCode: number | null;
};

const text = fr.messages;

type Event = MessageDetail["events"][number];

export function messageStory({ attempts, events }: Pick<MessageDetail, "attempts" | "events">): Step[] {
  const steps = [
    ...attempts.map(attemptStep),
    // an attempt says more than the claim it began with
    ...events.filter(({ type }) => type !== "claim" || attempts.length === 0).flatMap(newsStep),
  ];
  return steps.sort((a, b) => b.at.getTime() - a.at.getTime());
}

function attemptStep(attempt: MessageDetail["attempts"][number]): Step {
  const { outcome, httpStatus, sid, errorCode, errorMessage } = attempt;
  const known = outcome === null ? text.openAttempt : (text.outcomes[outcome] ?? outcome);
  return {
    key: attempt.id,
    at: attempt.claimedAt,
    title: text.sheet.attempt(attempt.number, known),
    tone: errorCode === null ? "neutral" : "danger",
    details: [
      httpStatus === null ? null : text.sheet.httpStatus(httpStatus),
      sid && `${text.sheet.sid} : ${sid}`,
      errorCode === null ? errorMessage && (text.ourErrors[errorMessage] ?? null) : null,
    ].filter((detail) => detail !== null),
    errorCode,
  };
}

/** A piece of news that moved the message is told by that move, right after it. */
function newsStep(event: Event, index: number, latestFirst: readonly Event[]): Step[] {
  if (event.type !== "status") return [eventStep(event)];
  const next = latestFirst
    .slice(0, index)
    .reverse()
    .find(({ type }) => type !== "claim");
  const moved = next && next.fromStatus !== next.toStatus && next.at.getTime() - event.at.getTime() < 1000;
  return moved ? [] : [{ ...eventStep(event), title: text.ignoredEvent }];
}

function eventStep(event: Event): Step {
  const { id, at, type, fromStatus, toStatus } = event;
  const moved = fromStatus !== toStatus && toStatus !== null;
  return {
    key: String(id),
    at,
    title: text.events[type] ?? text.otherEvent,
    tone: toneOf(moved ? toStatus : null),
    details: [moved ? moveText(fromStatus, toStatus) : null].filter((detail) => detail !== null),
    errorCode: null,
  };
}

function toneOf(status: string | null): Step["tone"] {
  if (status === "failed") return "danger";
  return status === "delivered" || status === "read" ? "accent" : "neutral";
}

function moveText(from: string | null, to: string): string {
  return from === null ? statusWord(to) : text.sheet.move(statusWord(from), statusWord(to));
}

function statusWord(status: string): string {
  const known: MessageStatus | undefined = messageStatuses.find((one) => one === status);
  return known ? text.statuses[known] : status;
}
