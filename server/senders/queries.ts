import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { senders, workers } from "#db/schema/senders.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import type { Env } from "#server/env.ts";
import type { SenderState } from "#server/senders/views.ts";

/** A worker that has not written its heartbeat for so long counts as gone (it writes every few seconds). */
export const heartbeatSeconds = 20;

/** The configured sender, whether it is paused and why, and whether a worker is there to send. */
export async function currentSender(db: Executor, { env }: { env: Env }): Promise<SenderState> {
  const address = whatsappAddress(env.twilioSandboxNumber);
  const [sender] = await db.select().from(senders).where(eq(senders.address, address));
  const heartbeatAge = await workerHeartbeatAge(db);
  return {
    id: sender?.id ?? null,
    address,
    intervalMs: sender?.intervalMs ?? env.sendIntervalMs,
    pauseReason: sender?.pauseReason ?? null,
    pauseCode: sender?.pauseCode ?? null,
    pausedUntil: sender?.pausedUntil ?? null,
    workerAlive: heartbeatAge !== null && heartbeatAge < heartbeatSeconds,
  };
}

/** Seconds since a running worker last wrote its heartbeat; null when none runs, or ever ran. */
export async function workerHeartbeatAge(db: Executor): Promise<number | null> {
  const [age] = await db
    .select({ seconds: sql<string | null>`extract(epoch from now() - max(${workers.heartbeatAt}))` })
    .from(workers)
    .where(sql`${workers.stoppedAt} is null`);
  return age?.seconds == null ? null : Number(age.seconds);
}
