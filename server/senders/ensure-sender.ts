import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { senderLanes, senders } from "#db/schema/senders.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";

export type SenderRow = typeof senders.$inferSelect;

/** The configured sender with its lanes, made when missing, its interval kept as configured (criterion 2.3). */
export async function ensureSender(
  db: Executor,
  env: Pick<Env, "twilioSandboxNumber" | "sendIntervalMs" | "sendConcurrency">,
): Promise<SenderRow> {
  const [sender] = await db
    .insert(senders)
    .values({ address: whatsappAddress(env.twilioSandboxNumber), intervalMs: env.sendIntervalMs })
    .onConflictDoUpdate({ target: senders.address, set: { intervalMs: sql`excluded.interval_ms` } })
    .returning();
  if (!sender) throw new Error("the sender could not be stored");
  const lanes = Array.from({ length: env.sendConcurrency }, (_, index) => ({
    senderId: sender.id,
    number: index + 1,
  }));
  await db.insert(senderLanes).values(lanes).onConflictDoNothing();
  return sender;
}
