import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { senders } from "#db/schema/senders.ts";
import { enqueue } from "#server/queue/enqueue.ts";

/** Lets a paused sender send again, its streaks forgotten, and wakes a drainer. Returns whether it was paused. */
export async function resumeSender(db: Executor, { senderId }: { senderId: number }): Promise<boolean> {
  return db.transaction(async (tx) => {
    const resumed = await tx
      .update(senders)
      .set({
        pauseReason: null,
        pauseCode: null,
        pausedAt: null,
        pausedUntil: null,
        nextProbeAt: null,
        refusalStreak: 0,
        uncertainStreak: 0,
        nextSlotAt: sql`greatest(${senders.nextSlotAt}, clock_timestamp())`,
      })
      .where(and(eq(senders.id, senderId), isNotNull(senders.pauseReason)))
      .returning({ id: senders.id });
    if (resumed.length > 0) await enqueue(tx, "drain_sender", { senderId });
    return resumed.length > 0;
  });
}
