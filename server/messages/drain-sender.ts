// One drainer: takes a lane, then slot and message, calls Twilio, records the outcome, repeats (engine.md 5).
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import { claimMessage } from "#server/messages/claim-message.ts";
import { sendersWithDueWork } from "#server/messages/due-work.ts";
import { freeLane, renewLane, takeLane } from "#server/messages/lanes.ts";
import { sendClaimed, stamp } from "#server/messages/send-claimed.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import type { WhatsAppGateway } from "#server/twilio/gateway.ts";

export type SendingContext = {
  db: Database;
  gateway: WhatsAppGateway;
  log: Log;
  env: Pick<Env, "sendConcurrency" | "serviceWindowHours" | "retryDelaysSeconds">;
  workerId: string;
  /** aborted when the worker is to stop: no new claim, the request in flight is finished and recorded */
  stopping: AbortSignal;
};

/** A drainer gives its lane back after this long, so that lanes are shared by every worker there is. */
const drainMs = 30_000;
/** Far more often than a lane expires, far less often than slots come. */
const renewMs = 5_000;
/** A drainer that waits looks again at least this often: an answer may have come, a campaign been paused. */
const waitMs = 1_000;

/** Sends what is due of one sender for up to 30 s; returns at once when no lane is free or nothing is due. */
export async function drainSender(context: SendingContext, senderId: number): Promise<void> {
  const { db, env, workerId, stopping } = context;
  const lane = await takeLane(db, { senderId, workerId, lanes: env.sendConcurrency });
  if (!lane) return;
  try {
    const start = performance.now();
    let renewed = start;
    while (!stopping.aborted && performance.now() - start < drainMs) {
      if (performance.now() - renewed > renewMs) {
        if (!(await renewLane(db, lane))) return;
        renewed = performance.now();
      }
      const asked = stamp();
      const claim = await claimMessage(db, { senderId, workerId, windowHours: env.serviceWindowHours });
      if (claim.verdict === "claimed") await sendClaimed(context, senderId, claim, asked);
      else if (claim.verdict === "wait") await pause(Math.min(claim.waitMs, waitMs), stopping);
      else break;
    }
  } finally {
    await freeLane(db, lane);
  }
  // Whoever found no free lane while this one was ours left it to us.
  const due = await sendersWithDueWork(db, { lanes: env.sendConcurrency });
  if (due.some((sender) => sender.senderId === senderId)) await enqueue(db, "drain_sender", { senderId });
}

async function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  await sleep(Math.ceil(milliseconds), undefined, { signal: stopping }).catch((error: unknown) => {
    if (!stopping.aborted) throw error;
  });
}
