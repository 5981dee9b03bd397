import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";

/**
 * Senders that have something a claim would take now, with the number of lanes nobody holds: what a claim passes over
 * is not due, or drainers that find nothing would wake each other without end. Each campaign with waiting rows costs
 * one index probe, however many rows wait in it.
 */
export async function sendersWithDueWork(
  db: Executor,
  { lanes }: { lanes: number },
): Promise<{ senderId: number; freeLanes: number }[]> {
  const rows = await queryRows<{ sender_id: number; free_lanes: number }>(
    db,
    sql`
    select s.id as sender_id, (
        select count(*)::int from sender_lanes l
        where l.sender_id = s.id and l.number <= ${lanes} and l.held_until < clock_timestamp()) as free_lanes
    from senders s
    where (s.pause_reason is null or s.paused_until <= clock_timestamp()) and exists (
      with recursive due(campaign) as (
        (select coalesce(campaign_id, 0) from messages
          where sender_id = s.id and status = 'pending' and next_attempt_at is not null
          order by coalesce(campaign_id, 0) limit 1)
        union all
        select (select coalesce(campaign_id, 0) from messages
          where sender_id = s.id and status = 'pending' and next_attempt_at is not null
            and coalesce(campaign_id, 0) > due.campaign
          order by coalesce(campaign_id, 0) limit 1)
        from due where due.campaign is not null)
      select from due left join campaigns c on c.id = due.campaign
      where due.campaign is not null
        and (due.campaign = 0 or (c.status in ('draft', 'scheduled', 'sending', 'completed') and c.deleted_at is null))
        and exists (
          select from messages m
          where m.sender_id = s.id and coalesce(m.campaign_id, 0) = due.campaign and m.status = 'pending'
            and m.priority in (0, 1, 2) and m.next_attempt_at <= clock_timestamp()
            and (due.campaign = 0 or c.status = 'sending' or m.message_type = 'test'
              or (c.status = 'completed' and m.message_type <> 'message_1'))
            and not exists (
              select from messages f
              where f.to_address = m.to_address and f.status in ('sending', 'uncertain'))))`,
  );
  return rows.map((row) => ({ senderId: row.sender_id, freeLanes: row.free_lanes }));
}
