// A virtual phone writes: the sandbox takes `join …` and `stop`, members' other messages go to the inbound webhook.
import { z } from "zod";
import type { WebhookAnswer } from "./callbacks.ts";
import { isMember, sandboxCommand } from "./rules.ts";
import { newSid } from "./serialize.ts";
import { phoneAddress, type Simulator } from "./simulator.ts";
import type { MessageRecord, Phone } from "./state/types.ts";
import { inboundFields } from "./webhook-fields.ts";

export const inboundSchema = z.strictObject({
  phone: z.string().min(1),
  text: z.string().optional(),
  /** a tap on a quick reply; it answers the last message to the phone unless `repliedSid` says otherwise */
  button: z.strictObject({ text: z.string(), payload: z.string().optional() }).optional(),
  /** `data` (base64) is served at Twilio's own address of it; `url` is an address of yours */
  media: z
    .array(
      z.strictObject({
        contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+(;.*)?$/, "a type such as image/jpeg"),
        url: z.string().optional(),
        data: z.base64().optional(),
      }),
    )
    .max(10)
    .default([]),
  location: z
    .strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      label: z.string().optional(),
      address: z.string().optional(),
    })
    .optional(),
  /** to one of our messages; Twilio documents no reactions */
  reaction: z.strictObject({ emoji: z.string().min(1), sid: z.string() }).optional(),
  /** OriginalRepliedMessageSid */
  repliedSid: z.string().optional(),
  profileName: z.string().optional(),
  /** fields added to the webhook, or in place of the usual ones */
  fields: z.record(z.string(), z.string()).default({}),
  /** of an earlier inbound message: delivers that one again */
  sid: z.string().optional(),
  /** false: Twilio has the message, the webhook never hears of it */
  deliver: z.boolean().default(true),
});

export type InboundInput = z.input<typeof inboundSchema>;

export type InboundResult = {
  /** null when the message did not reach the account: a command of the sandbox, or a phone outside it */
  sid: string | null;
  /** what the sandbox itself writes back */
  reply: string | null;
  /** what our webhook answered; null when it was not called */
  webhook: WebhookAnswer | null;
};

/** Resolves when the webhook has answered. */
export async function receiveInbound(
  simulator: Simulator,
  input: z.output<typeof inboundSchema>,
): Promise<InboundResult> {
  const settings = simulator.settings();
  const phone = simulator.phone(phoneAddress(input.phone));
  if (input.profileName !== undefined) phone.profileName = input.profileName;
  const text = input.text ?? input.button?.text ?? input.reaction?.emoji ?? "";
  const command = sandboxCommand(text);
  const wasMember = isMember(phone, simulator.clock.now(), settings.membershipHours);
  const reply = answerOfSandbox(simulator, { phone, wasMember, text });
  const member = wasMember || isMember(phone, simulator.clock.now(), settings.membershipHours);
  const isForAccount = member && (!command || settings.forwardJoinAndStop);
  const message = isForAccount ? findOrRecord(simulator, { phone, text, input }) : null;
  const note = (side: "phone" | "sandbox", words: string) =>
    simulator.store.note(phone.address, { at: simulator.clock.now(), side, text: words });
  if (!message) note("phone", text === "" ? "📎" : text);
  if (reply !== null) note("sandbox", reply);
  if (!message) return { sid: null, reply, webhook: null };

  if (wasMember && !command) phone.lastInboundAt = simulator.clock.now();
  if (!input.deliver || settings.inboundWebhookUrl === null)
    return { sid: message.sid, reply, webhook: null };
  const repliedSid =
    input.repliedSid ??
    input.reaction?.sid ??
    (input.button ? lastMessageTo(simulator, message.from)?.sid : undefined);
  const fields = inboundFields(message, {
    accountSid: settings.accountSid,
    phone,
    extras: { ...input, repliedSid: repliedSid ?? null },
  });
  const webhook = await simulator.scheduler.track(
    simulator.webhooks.call({ address: settings.inboundWebhookUrl, fields }),
  );
  return { sid: message.sid, reply, webhook };
}

/** Obeys `join …` and `stop`, and tells strangers how to join. */
function answerOfSandbox(
  simulator: Simulator,
  { phone, wasMember, text }: { phone: Phone; wasMember: boolean; text: string },
): string | null {
  const { sandboxNumber, joinCode } = simulator.settings();
  const command = sandboxCommand(text);
  if (command?.kind === "join") {
    if (command.code.toLowerCase() !== joinCode.toLowerCase())
      return `Sandbox not found for "${command.code}". Check the join code.`;
    simulator.join(phone);
    return `✅ You are all set! The sandbox can now send/receive messages from whatsapp:${sandboxNumber}. Reply stop to leave the sandbox any time.`;
  }
  if (!wasMember) return "Your number is not connected to a Sandbox. Send join <sandbox code> to connect it.";
  if (command?.kind !== "stop") return null;
  simulator.leave(phone);
  return `You have left the sandbox. Reply join ${joinCode} to join it again.`;
}

function findOrRecord(
  { store, clock, settings }: Simulator,
  { phone, text, input }: { phone: Phone; text: string; input: z.output<typeof inboundSchema> },
): MessageRecord {
  const known = input.sid === undefined ? undefined : store.messages.find(input.sid);
  const sid = input.sid ?? newSid(input.media.length > 0 ? "MM" : "SM");
  const { accountSid } = settings();
  return (
    known ??
    store.messages.add({
      sid,
      direction: "inbound",
      to: `whatsapp:${settings().sandboxNumber}`,
      from: `whatsapp:${phone.address}`,
      body: text,
      status: "received",
      contentSid: null,
      contentVariables: null,
      media: input.media.map(({ contentType, url, data }) => {
        if (url !== undefined) return { contentType, url };
        const mediaSid = newSid("ME");
        const bytes = Buffer.from(data ?? "", "base64");
        store.media.add({ sid: mediaSid, messageSid: sid, contentType, bytes, createdAt: clock.now() });
        const messageUrl = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
        return { contentType, url: `${messageUrl}/Media/${mediaSid}` };
      }),
      said: { button: input.button?.text, location: input.location, reaction: input.reaction },
      statusCallback: null,
      createdAt: clock.now(),
    })
  );
}

const weekMs = 7 * 24 * 3_600_000;

/** Twilio names the message replied to for seven days. */
function lastMessageTo({ store, clock }: Simulator, address: string): MessageRecord | undefined {
  const last = store.messages.candidates({ to: address }).at(-1);
  return last && clock.now() - last.createdAt < weekMs ? last : undefined;
}
