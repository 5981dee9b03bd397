// Which statuses an accepted message goes through and which callbacks announce them, when. Pure.
import type { CallbackFault } from "./faults.ts";
import type { Fate } from "./rules.ts";
import type { Settings } from "./settings.ts";
import type { MessageStatus } from "./state/types.ts";

/** `afterMs` counts from the acceptance. */
export type StatusStep = { status: MessageStatus; afterMs: number; errorCode: number | null };
export type PlannedCallback = StatusStep & { lost: boolean };

/** The statuses to come, in order. */
export function planStatuses(
  fate: Fate,
  facts: { delays: Settings["statusDelaysMs"]; reads: boolean },
): StatusStep[] {
  const { delays, reads } = facts;
  const sent: StatusStep = { status: "sent", afterMs: delays.sent, errorCode: null };
  if (fate.kind === "fail") {
    const end: StatusStep = { status: fate.status, afterMs: delays.failed, errorCode: fate.code };
    return fate.status === "failed" ? [end] : inOrder([sent, end]);
  }
  const delivered: StatusStep = { status: "delivered", afterMs: delays.delivered, errorCode: null };
  const read: StatusStep = { status: "read", afterMs: delays.read, errorCode: null };
  return inOrder(reads ? [sent, delivered, read] : [sent, delivered]);
}

/** A later status never comes before an earlier one, whatever the delays say. */
function inOrder(steps: StatusStep[]): StatusStep[] {
  let earliest = 0;
  return steps.map((step) => {
    earliest = Math.max(earliest, step.afterMs);
    return { ...step, afterMs: earliest };
  });
}

/** The callbacks for these statuses, in the order of delivery, after what the faults did to them. */
export function planCallbacks(
  steps: readonly StatusStep[],
  faults: readonly CallbackFault[],
): PlannedCallback[] {
  let callbacks = steps.map((step): PlannedCallback => ({ ...step, lost: false }));
  for (const fault of faults) callbacks = callbacks.length === 0 ? callbacks : disturb(callbacks, fault);
  return callbacks.sort((a, b) => a.afterMs - b.afterMs);
}

function disturb(callbacks: PlannedCallback[], fault: CallbackFault): PlannedCallback[] {
  if (fault.kind === "callbacks-reversed") {
    const afterMs = Math.max(...callbacks.map((callback) => callback.afterMs));
    return callbacks.map((callback) => ({ ...callback, afterMs })).reverse();
  }
  const concerned = (callback: PlannedCallback) =>
    fault.statuses === undefined || fault.statuses.some((status) => status === callback.status);
  return callbacks.flatMap((callback) => {
    if (!concerned(callback)) return [callback];
    if (fault.kind === "callbacks-twice") return [callback, callback];
    if (fault.kind === "callbacks-lost") return [{ ...callback, lost: true }];
    return [{ ...callback, afterMs: callback.afterMs + fault.ms }];
  });
}
