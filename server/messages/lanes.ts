// How many drainers of one sender work at once, over all workers (engine.md 5).
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";

/** A lane not renewed for this long is free; longer than a request may hang. */
const laneSeconds = 30;

export type LaneQuestion = { senderId: number; workerId: string; lanes: number };
export type Lane = { senderId: number; number: number; holder: string };

/** A free lane among the first `lanes` of the sender, or null. */
export async function takeLane(
  db: Executor,
  { senderId, workerId, lanes }: LaneQuestion,
): Promise<Lane | null> {
  const [lane] = await queryRows<{ number: number; holder: string }>(
    db,
    sql`
    update sender_lanes set holder = gen_random_uuid(), worker_id = ${workerId}::uuid,
      held_until = clock_timestamp() + ${laneSeconds} * interval '1 second'
    where (sender_id, number) = (
      select sender_id, number from sender_lanes
      where sender_id = ${senderId} and number <= ${lanes} and held_until < clock_timestamp()
      order by number limit 1 for update skip locked)
    returning number, holder`,
  );
  return lane ? { senderId, number: lane.number, holder: lane.holder } : null;
}

/** Keeps the lane; false when it was lost, and the drainer must stop. */
export async function renewLane(db: Executor, lane: Lane): Promise<boolean> {
  const renewed = await queryRows(
    db,
    sql`
    update sender_lanes set held_until = clock_timestamp() + ${laneSeconds} * interval '1 second'
    where sender_id = ${lane.senderId} and number = ${lane.number} and holder = ${lane.holder}::uuid
      and held_until > clock_timestamp()
    returning number`,
  );
  return renewed.length > 0;
}

/** Frees the lane, unless somebody else has it by now. */
export async function freeLane(db: Executor, lane: Lane): Promise<void> {
  await db.execute(sql`
    update sender_lanes set held_until = 'epoch', holder = null, worker_id = null
    where sender_id = ${lane.senderId} and number = ${lane.number} and holder = ${lane.holder}::uuid`);
}
