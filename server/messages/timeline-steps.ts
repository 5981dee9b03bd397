// The rows about a message as the steps of its timeline.
import { eventStep, factsOf } from "#server/messages/timeline-event.ts";
import type {
  AnswerRow,
  EventRow,
  Exact,
  ExactAttempt,
  MessageRow,
  Records,
} from "#server/messages/timeline-records.ts";
import type { TimelineStep } from "#server/messages/views.ts";

/** `exactly`: where it stands among the others */
type ExactStep = TimelineStep & { exactly: number };

/** The steps, oldest first. */
export function stepsOf({ message, attempts, events, answers, followUps }: Records): TimelineStep[] {
  const rows = attempts.map(({ row }) => row);
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  const steps = [
    ...answers.map(answerStep),
    // 100,000 rows of a launch need no event each to say when they were made
    ...(events.some(({ row }) => row.type === "queued") ? [] : queuedStep(message, events)),
    ...attempts.flatMap((attempt) => attemptSteps(attempt, events)),
    ...events.map(({ row, at }) => {
      const step = eventStep(row, numbers.get(row.attemptId ?? "") ?? null, rows);
      const claimed = step.kind === "slot" && attempts.find(({ row: { id } }) => id === row.attemptId);
      return { ...step, exactly: (claimed ? claimed.at : at) ?? 0 };
    }),
    ...followUps.map(followUpStep),
  ];
  steps.sort((a, b) => a.exactly - b.exactly || rankOf(a) - rankOf(b));
  return steps.map(({ exactly: _, ...step }) => step);
}

/** Of one instant: a request follows its claim, and what came of it follows the request. */
function rankOf({ kind }: TimelineStep): number {
  const first = ["queued", "slot", "request", "answer"].indexOf(kind);
  return first === -1 ? 4 : first;
}

const plain = { attempt: null, fromStatus: null, toStatus: null };

function queuedStep({ row, at }: Exact<MessageRow>, events: readonly Exact<EventRow>[]): ExactStep[] {
  const { createdAt, status, reason } = row;
  if (!createdAt) return [];
  const skipped = status === "skipped" && events.every((event) => event.row.toStatus === null);
  return [
    {
      ...plain,
      at: createdAt,
      exactly: at ?? 0,
      kind: "queued",
      toStatus: skipped ? "skipped" : "pending",
      facts: factsOf({ reason: skipped ? reason : null }),
    },
  ];
}

/** What the worker noted of a request: when it left, and what came back. */
function attemptSteps(exactly: ExactAttempt, events: readonly Exact<EventRow>[]): ExactStep[] {
  const attempt = exactly.row;
  const { id, number, slotAt, requestedAt, answeredAt, httpStatus } = attempt;
  if (!requestedAt) return [];
  const requested = exactly.requestedAt ?? 0;
  const steps: ExactStep[] = [
    {
      ...plain,
      at: requestedAt,
      exactly: requested,
      kind: "request",
      attempt: number,
      facts: factsOf({ afterSlotMs: requestedAt.getTime() - slotAt.getTime(), attemptId: id }),
    },
  ];
  if (!answeredAt) return steps;
  const accepted = httpStatus !== null && httpStatus < 300;
  const called = events.some(({ row }) => row.attemptId === id && row.type === "status");
  steps.push({
    ...plain,
    at: new Date(Math.max(answeredAt.getTime(), requestedAt.getTime())),
    exactly: Math.max(exactly.answeredAt ?? 0, requested),
    kind: "answer",
    attempt: number,
    facts: factsOf({
      httpStatus,
      sid: accepted ? attempt.sid : null,
      // a callback writes its own code and text into the attempt: they were not this answer's
      code: accepted || called ? null : attempt.errorCode,
      message: accepted || called ? null : attempt.errorMessage,
      afterRequestMs: answeredAt.getTime() - requestedAt.getTime(),
    }),
  });
  return steps;
}

function answerStep({ row, at }: Exact<AnswerRow>): ExactStep {
  const { id, receivedAt, content, inboundSid } = row;
  return {
    ...plain,
    at: receivedAt ?? new Date(0),
    exactly: at ?? 0,
    kind: "contactAnswer",
    facts: factsOf({ content, inboundSid, interactionId: id }),
  };
}

function followUpStep({ row, at }: Exact<MessageRow>): ExactStep {
  const { id, campaignId, createdAt, status, content } = row;
  return {
    ...plain,
    at: createdAt ?? new Date(0),
    exactly: at ?? 0,
    kind: "messageTwo",
    facts: factsOf({ messageId: id, campaignId, status, content }),
  };
}
