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

export type Backlog = {
  /** seconds since which the oldest message that may go out has been due, whoever is paused; null: none is due */
  age: number | null;
  /** seconds since which a slot has been free for what is due, and was not granted; null: nothing is due, or paused */
  stalled: number | null;
};

/**
 * How long what is due has been waiting: under a campaign that was resumed, since then. Its `updated_at` says nothing, every
 * callback moves it.
 */
export async function backlog(db: Executor): Promise<Backlog> {
  const [row] = await queryRows<Backlog>(
    db,
    sql`
    select extract(epoch from now() - min(w.due))::float8 as age,
      extract(epoch from now() - min(greatest(w.since, s.next_slot_at))
        filter (where s.pause_reason is null or s.paused_until <= now()))::float8 as stalled
    from senders s cross join lateral (
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
      select min(m.next_attempt_at) as due,
        min(greatest(m.next_attempt_at, (select max(a.at) from audit_log a
          where a.subject_id = c.id::text and a.action = 'campaign.resumed'))) as since
      from due left join campaigns c on c.id = due.campaign
      cross join (values (0::smallint), (1::smallint), (2::smallint)) p(priority)
      cross join lateral (
        select x.next_attempt_at from messages x
        where x.sender_id = s.id and coalesce(x.campaign_id, 0) = due.campaign and x.status = 'pending'
          and x.priority = p.priority and x.next_attempt_at <= now()
          and (due.campaign = 0 or c.status = 'sending' or x.message_type = 'test'
            or (c.status = 'completed' and x.message_type <> 'message_1'))
          and not exists (
            select from messages f
            where f.to_address = x.to_address and f.status in ('sending', 'uncertain'))
        order by x.next_attempt_at, x.id limit 1) m
      where due.campaign is not null
        and (due.campaign = 0 or (c.status in ('draft', 'scheduled', 'sending', 'completed') and c.deleted_at is null))
    ) w
    where w.due is not null`,
  );
  return { age: row?.age ?? null, stalled: row?.stalled ?? null };
}
