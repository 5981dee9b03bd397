import { and, count, eq, lte, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { senderLanes, senders } from "#db/schema/senders.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";

export type SenderRow = typeof senders.$inferSelect;

export type SenderSettings = Pick<Env, "twilioSandboxNumber" | "sendIntervalMs" | "sendConcurrency">;

/**
 * The configured sender with its lanes, made when missing, its interval kept as configured (criterion 2.3). Writes only
 * when something differs: its row is what every claim waits for.
 */
export async function ensureSender(db: Executor, env: SenderSettings): Promise<SenderRow> {
  return (await findAsConfigured(db, env)) ?? configure(db, env);
}

async function findAsConfigured(db: Executor, env: SenderSettings): Promise<SenderRow | null> {
  const [sender] = await db
    .select()
    .from(senders)
    .where(
      and(
        eq(senders.address, whatsappAddress(env.twilioSandboxNumber)),
        eq(senders.intervalMs, env.sendIntervalMs),
      ),
    );
  if (!sender) return null;
  const [lanes] = await db
    .select({ count: count() })
    .from(senderLanes)
    .where(and(eq(senderLanes.senderId, sender.id), lte(senderLanes.number, env.sendConcurrency)));
  return lanes?.count === env.sendConcurrency ? sender : null;
}

async function configure(db: Executor, env: SenderSettings): Promise<SenderRow> {
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
