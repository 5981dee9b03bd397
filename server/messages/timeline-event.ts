// One event of a message as a step of its timeline.
import type { messageAttempts, messageEvents } from "#db/schema/messages.ts";
import { type MessageStatus, messageMoves, messageStatuses } from "#server/domain/message-status.ts";
import type { StepKind, TimelineStep } from "#server/messages/views.ts";

type EventRow = typeof messageEvents.$inferSelect;
type AttemptRow = typeof messageAttempts.$inferSelect;

const kinds: Record<string, StepKind> = {
  queued: "queued",
  claim: "slot",
  look: "look",
  decide: "decision",
  late_answer: "lateAnswer",
  no_message_two: "noMessageTwo",
};

/** The step an event tells of; `attempt` is the number of the attempt it is about. */
export function eventStep(
  event: EventRow,
  attempt: number | null,
  attempts: readonly AttemptRow[],
): TimelineStep {
  const kind = kindOf(event);
  const data = (event.data ?? {}) as Record<string, unknown>;
  const slot = kind === "slot" && attempts.find(({ number }) => number === attempt);
  return {
    at: slot ? slot.claimedAt : event.at,
    kind,
    attempt,
    fromStatus: statusOf(event.fromStatus),
    toStatus: statusOf(event.toStatus),
    facts: factsOf({
      ...data,
      ...(kind === "move" && { cause: event.type }),
      ...(kind === "ignored" && { cause: event.type.replace("ignored_", "") }),
      ...(kind === "other" && { type: event.type }),
      ...(slot && {
        slot: slot.slotAt.toISOString(),
        afterSlotMs: slot.claimedAt.getTime() - slot.slotAt.getTime(),
        workerId: slot.workerId,
      }),
    }),
  };
}

function kindOf({ type, data }: EventRow): StepKind {
  const known = kinds[type];
  if (known) return known;
  if (type === "status") return (data as { by?: string } | null)?.by === "found" ? "found" : "callback";
  if (type.startsWith("ignored_")) return "ignored";
  return Object.hasOwn(messageMoves, type) ? "move" : "other";
}

function statusOf(text: string | null): MessageStatus | null {
  return messageStatuses.find((status) => status === text) ?? null;
}

/** Facts as they can be shown: what is not known is left out, a list becomes its words. */
export function factsOf(facts: Record<string, unknown>): TimelineStep["facts"] {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => {
      if (value === null || value === undefined) return [];
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
        return [[name, value]];
      }
      return [[name, Array.isArray(value) ? value.join(", ") : JSON.stringify(value)]];
    }),
  );
}
