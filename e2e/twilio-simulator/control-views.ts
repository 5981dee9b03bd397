// How the control API shows what the simulator remembers.
import { isMember, isWindowOpen } from "./rules.ts";
import { phoneAddress, type Simulator } from "./simulator.ts";
import type { MessageRecord, Phone } from "./state/types.ts";

export type ClockView = { now: number; offsetMs: number };
export type PhoneView = Phone & { member: boolean; windowOpen: boolean };
/** Addresses without the channel; times in milliseconds since 1970. `acceptedAt` is the moment of the create request. */
export type MessageView = Omit<MessageRecord, "seq" | "createdAt"> & { acceptedAt: number };
export type Summary = {
  messages: number;
  byStatus: Partial<Record<MessageRecord["status"], number>>;
  pendingCallbacks: number;
};
export type MessageFilter = {
  to?: string;
  from?: string;
  direction?: MessageRecord["direction"];
  status?: MessageRecord["status"];
  contentSid?: string;
  sid?: string;
  /** only the newest so many */
  limit?: number;
};
export function clockView({ clock }: Simulator): ClockView {
  return { now: clock.now(), offsetMs: clock.offsetMs() };
}

export function phoneView(simulator: Simulator, phone: Phone): PhoneView {
  const now = simulator.clock.now();
  const { membershipHours, windowHours } = simulator.settings();
  return {
    ...phone,
    member: isMember(phone, now, membershipHours),
    windowOpen: isWindowOpen(phone, now, windowHours),
  };
}

export function messageView({ seq: _, createdAt, ...message }: MessageRecord): MessageView {
  return {
    ...message,
    to: phoneAddress(message.to),
    from: phoneAddress(message.from),
    acceptedAt: createdAt,
  };
}

export function summaryView({ store, scheduler }: Simulator): Summary {
  const byStatus: Summary["byStatus"] = {};
  for (const { status } of store.messages.all()) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return { messages: store.messages.all().length, byStatus, pendingCallbacks: scheduler.pending() };
}
