// The life of an accepted message: statuses as planned, each announced by its callback, one callback of a message at a time.
import { randomUUID } from "node:crypto";
import type { WebhookCaller } from "./callbacks.ts";
import type { Clock } from "./clock.ts";
import type { CallbackFault } from "./faults.ts";
import type { Fate } from "./rules.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Settings } from "./settings.ts";
import type { MessageRecord, MessageStatus, WebhookLog } from "./state/types.ts";
import { planCallbacks, planStatuses, type StatusStep } from "./status-plan.ts";
import { statusFields } from "./webhook-fields.ts";

const ranks: Record<MessageStatus, number> = {
  queued: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  undelivered: 4,
  failed: 4,
  received: 4,
};

export type Lifecycle = {
  start(message: MessageRecord, plan: { fate: Fate; reads: boolean; faults: readonly CallbackFault[] }): void;
  /** sets a status now, up or down, announces it and drops what was planned; resolves after the callback */
  setStatus(message: MessageRecord, status: MessageStatus, errorCode: number | null): Promise<void>;
  /** delivers what waited for the phone; resolves after the callbacks */
  comeOnline(to: string): Promise<void>;
  /** nothing waits for a phone any more */
  forget(): void;
};

/** What only a phone that is online can bring about. */
const needsPhone = (status: MessageStatus) => status === "delivered" || status === "read";

export function createLifecycle(world: {
  settings(): Settings;
  clock: Clock;
  scheduler: Scheduler;
  webhooks: WebhookCaller;
  isOnline(to: string): boolean;
  log(call: Omit<WebhookLog, "id">): void;
  /** a status changed */
  changed(): void;
}): Lifecycle {
  const { clock, scheduler, webhooks } = world;
  const waiting = new Map<string, { message: MessageRecord; deliver(): Promise<void> }[]>();
  const plans = new WeakMap<MessageRecord, Set<() => void>>();
  const lastCallbacks = new WeakMap<MessageRecord, Promise<void>>();

  function apply(message: MessageRecord, { status, errorCode }: Omit<StatusStep, "afterMs">) {
    const now = clock.now();
    message.status = status;
    message.errorCode = errorCode;
    message.updatedAt = now;
    message.sentAt ??= now;
    world.changed();
  }

  function announce(
    message: MessageRecord,
    step: Omit<StatusStep, "afterMs"> & { lost: boolean },
  ): Promise<void> {
    const address = message.statusCallback ?? world.settings().statusCallbackUrl;
    if (address === null) return Promise.resolve();
    const log = (entry: {
      url: string;
      attempt: number;
      result: MessageRecord["callbacks"][number]["result"];
    }) => message.callbacks.push({ status: step.status, at: clock.now(), ...entry });
    const deliver = async () => {
      const fields = statusFields(message, { accountSid: world.settings().accountSid, ...step });
      if (step.lost) {
        const lost = { url: address, attempt: 0, result: "lost" } as const;
        log(lost);
        world.log({ ...lost, at: clock.now(), fields, answer: "", tookMs: 0 });
        return;
      }
      await webhooks.call({
        address,
        fields,
        token: tokenOf(message, step.status),
        onAttempt: ({ number, url, result }) => log({ url, attempt: number, result }),
      });
    };
    const turn = (lastCallbacks.get(message) ?? Promise.resolve()).then(deliver);
    lastCallbacks.set(message, turn);
    return turn;
  }

  function plan(message: MessageRecord, afterMs: number, task: () => Promise<void>) {
    const planned = plans.get(message) ?? new Set();
    plans.set(message, planned);
    const callOff = scheduler.schedule(afterMs * world.settings().timeScale, () => {
      planned.delete(callOff);
      return task();
    });
    planned.add(callOff);
  }

  return {
    start(message, { fate, reads, faults }) {
      const steps = planStatuses(fate, { delays: world.settings().statusDelaysMs, reads });
      const callbacks = planCallbacks(steps, faults);
      for (const afterMs of new Set([...steps, ...callbacks].map((item) => item.afterMs))) {
        const due = <Item extends StatusStep>(items: Item[]) =>
          items.filter((item) => item.afterMs === afterMs);
        const happen = async (concerns: (item: StatusStep) => boolean) => {
          for (const step of due(steps).filter(concerns))
            if (ranks[step.status] > ranks[message.status]) apply(message, step);
          await Promise.all(
            due(callbacks)
              .filter(concerns)
              .map((callback) => announce(message, callback)),
          );
        };
        plan(message, afterMs, async () => {
          if (world.isOnline(message.to)) return happen(() => true);
          waiting.set(message.to, [
            ...(waiting.get(message.to) ?? []),
            { message, deliver: () => happen(({ status }) => needsPhone(status)) },
          ]);
          await happen(({ status }) => !needsPhone(status));
        });
      }
    },
    async comeOnline(to) {
      const tasks = waiting.get(to) ?? [];
      waiting.delete(to);
      for (const { deliver } of tasks) await scheduler.track(deliver());
    },
    forget: () => waiting.clear(),
    async setStatus(message, status, errorCode) {
      for (const callOff of plans.get(message) ?? []) callOff();
      plans.delete(message);
      const others = waiting.get(message.to)?.filter((task) => task.message !== message);
      if (others) waiting.set(message.to, others);
      apply(message, { status, errorCode });
      await scheduler.track(announce(message, { status, errorCode, lost: false }));
    },
  };
}

const tokens = new WeakMap<MessageRecord, Partial<Record<MessageStatus, string>>>();

/** Repeated deliveries of one event carry the same I-Twilio-Idempotency-Token. */
function tokenOf(message: MessageRecord, status: MessageStatus): string {
  const known = tokens.get(message) ?? {};
  tokens.set(message, known);
  known[status] ??= randomUUID();
  return known[status];
}
