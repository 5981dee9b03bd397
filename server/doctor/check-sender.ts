import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { senders } from "#db/schema/senders.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import { channelCodes } from "#server/twilio/error-catalogue.ts";

/** Twilio has no address that says whether a sandbox is ours and active: what became of our own sends does. */
export async function checkSender({ settings }: DoctorContext, db: Database): Promise<Finding> {
  const number = settings.twilioSandboxNumber;
  if (!number) return unknown("needs_variables", { list: "TWILIO_SANDBOX_NUMBER" });
  const [sender] = await db
    .select()
    .from(senders)
    .where(eq(senders.address, whatsappAddress(number)));
  if (!sender) return unknown("never_sent", { number });
  const code = sender.pauseCode;
  if (sender.pauseReason) return red(`paused_${sender.pauseReason}`, { number, code });
  if (sender.refusalStreak > 0) return red("not_found", { number, code: await lastRefusal(db, sender.id) });
  const [seen] = await queryRows<{ arrived: boolean; accepted: boolean }>(
    db,
    sql`select
      exists (select from messages where status in ('delivered', 'read') and sender_id = ${sender.id}) as arrived,
      exists (select from messages where status = 'sent' and sender_id = ${sender.id}) as accepted`,
  );
  if (seen?.arrived) return green("ok", { number });
  return unknown(seen?.accepted ? "no_news" : "never_sent", { number });
}

/** For which of the codes that doubt the sender Twilio refused last. */
async function lastRefusal(db: Database, senderId: number): Promise<number | null> {
  const [last] = await db
    .select({ code: messageAttempts.errorCode })
    .from(messageAttempts)
    .innerJoin(messages, eq(messages.id, messageAttempts.messageId))
    .where(and(eq(messages.senderId, senderId), inArray(messageAttempts.errorCode, channelCodes)))
    .orderBy(desc(messageAttempts.slotAt))
    .limit(1);
  return last?.code ?? null;
}
