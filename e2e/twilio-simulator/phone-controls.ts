// What the control API lets a virtual phone do.
import { z } from "zod";
import { ControlError } from "./control-error.ts";
import { type PhoneView, phoneView } from "./control-views.ts";
import { type InboundResult, inboundSchema, receiveInbound } from "./inbound.ts";
import { phoneAddress, type Simulator } from "./simulator.ts";
import type { Phone } from "./state/types.ts";

const phoneOnly = z.strictObject({ phone: z.string().min(1) });
const phonePatch = z.strictObject({
  reads: z.boolean().nullable().optional(),
  profileName: z.string().optional(),
  online: z.boolean().optional(),
});

type Asked = { input: unknown };

export function joinSandbox(simulator: Simulator, { input }: Asked): Promise<InboundResult> {
  const { phone, code } = phoneOnly.extend({ code: z.string().optional() }).parse(input);
  return hear(simulator, { phone, text: `join ${code ?? simulator.settings().joinCode}` });
}

export function leaveSandbox(simulator: Simulator, { input }: Asked): Promise<InboundResult> {
  return hear(simulator, { phone: phoneOnly.parse(input).phone, text: "stop" });
}

export function writeMessage(simulator: Simulator, { input }: Asked): Promise<InboundResult> {
  return hear(simulator, input);
}

function hear(simulator: Simulator, input: unknown): Promise<InboundResult> {
  const message = inboundSchema.parse(input);
  if (!findPhone(simulator, message.phone).online) throw new ControlError(409, "the phone is offline");
  return receiveInbound(simulator, message);
}

/** The phone reads what was delivered to it, or one message. */
export async function readMessages(simulator: Simulator, { input }: Asked): Promise<{ read: number }> {
  const { phone, sid } = phoneOnly.extend({ sid: z.string().optional() }).parse(input);
  const unread = simulator.store.messages
    .candidates({ to: `whatsapp:${phoneAddress(phone)}` })
    .filter((message) => message.status === "delivered" && (sid === undefined || message.sid === sid));
  await Promise.all(unread.map((message) => simulator.lifecycle.setStatus(message, "read", null)));
  return { read: unread.length };
}

/** Resolves when what waited for a phone that comes online was delivered. */
export async function changePhone(
  simulator: Simulator,
  { id, input }: Asked & { id: string },
): Promise<PhoneView> {
  const phone = findPhone(simulator, id);
  const { reads, profileName, online } = phonePatch.parse(input);
  if (reads !== undefined) phone.reads = reads;
  if (profileName !== undefined) phone.profileName = profileName;
  if (online !== undefined) await simulator.setOnline(phone, online);
  return phoneView(simulator, phone);
}

export function findPhone(simulator: Simulator, id: string): Phone {
  return simulator.phone(phoneAddress(id));
}
