// What is proven of the ledger: each check is one query that returns the rows which break it, of one campaign or of the
// whole database. Rows the previous system wrote carry no address: their sends were not ours and are not judged.
import { type SQL, sql } from "drizzle-orm";
import { messageStatuses } from "#server/domain/message-status.ts";
import type { ProofCheckKey } from "#server/proof/views.ts";

/** One campaign, or null: everything. */
export type ProofScope = number | null;

/** Each query yields campaign_id, message_id (null: the campaign itself) and facts, a flat object. */
export const proofChecks: Record<ProofCheckKey, (scope: ProofScope) => SQL> = {
  recipients: (scope) => sql`
    select c.id as campaign_id, null::int as message_id, jsonb_build_object(
      'recipients', coalesce(c.total_recipients, 0), 'rows', r.in_all, 'known', r.known) as facts
    from campaigns c cross join lateral (
      select count(*) as in_all, count(*) filter (where m.status in ${messageStatuses}) as known
      from messages m where m.campaign_id = c.id and m.message_type = 'message_1') r
    where ${within(sql`c.id`, scope)} and (coalesce(c.total_recipients, 0) <> r.known or r.in_all <> r.known)`,

  counters: (scope) => sql`
    select c.id as campaign_id, null::int as message_id,
      jsonb_build_object('counter', v.counter, 'counted', v.counted, 'rows', v.in_rows) as facts
    from campaigns c
    cross join lateral (
      select count(*) filter (where m.status in ('sent', 'delivered', 'read')) as sent,
        count(*) filter (where m.status in ('delivered', 'read')) as delivered,
        count(*) filter (where m.status = 'read') as read,
        count(*) filter (where m.status = 'failed') as failed,
        count(*) filter (where m.status = 'skipped') as skipped,
        count(*) filter (where m.status = 'cancelled') as cancelled
      from messages m where m.campaign_id = c.id and m.message_type = 'message_1') r
    cross join lateral (
      select count(*) as made, count(*) filter (where m.status in ('sent', 'delivered', 'read')) as sent,
        count(*) filter (where m.status in ('delivered', 'read')) as delivered,
        count(*) filter (where m.status = 'read') as read, count(*) filter (where m.status = 'failed') as failed
      from messages m where m.campaign_id = c.id and m.message_type = 'message_2') two
    cross join lateral (
      select count(*) as answers from interactions i
      where i.campaign_id = c.id and i.interaction_type = 'reply' and not ${isJoin(sql`i.content`)}) a
    cross join lateral (values
      ('sent', coalesce(c.sent_count, 0), r.sent), ('delivered', c.delivered_count, r.delivered),
      ('success', coalesce(c.success_count, 0), r.delivered), ('read', c.read_count, r.read),
      ('failed', coalesce(c.failed_count, 0), r.failed), ('skipped', c.skipped_count, r.skipped),
      ('cancelled', c.cancelled_count, r.cancelled), ('message_two', c.message_two_count, two.made),
      ('message_two_sent', c.message_two_sent_count, two.sent),
      ('message_two_delivered', c.message_two_delivered_count, two.delivered),
      ('message_two_read', c.message_two_read_count, two.read),
      ('message_two_failed', c.message_two_failed_count, two.failed),
      ('answers', coalesce(c.interaction_count, 0), a.answers)) v(counter, counted, in_rows)
    where ${within(sql`c.id`, scope)} and v.counted <> v.in_rows`,

  // Two requests that Twilio took for one message: an attempt it refused afterwards did not arrive and does not count,
  // unless it was reported as delivered all the same.
  acceptedTwice: (scope) => sql`
    select m.campaign_id, m.id as message_id, jsonb_build_object('attempts', t.numbers) as facts
    from messages m cross join lateral (
      select count(*) as taken, string_agg(a.number::text, ', ' order by a.number) as numbers
      from message_attempts a
      where a.message_id = m.id and a.sid is not null
        and (coalesce(a.outcome, 'accepted') not in ('retryable', 'refused') or exists (
          select from message_events e where e.message_id = m.id and e.attempt_id = a.id and e.type = 'status'
            and e.data ->> 'status' in ('delivered', 'read')))) t
    where ${within(sql`m.campaign_id`, scope)} and t.taken > 1`,

  messageOneTwice: (scope) => sql`
    select campaign_id, id as message_id, jsonb_build_object('contact', contact_id, 'rows', same) as facts
    from (
      select m.campaign_id, m.id, m.contact_id, greatest(
        case when m.contact_id is not null then count(*) over (partition by m.campaign_id, m.contact_id) end,
        count(*) over (partition by m.campaign_id, m.to_address)) as same
      from messages m
      where m.message_type = 'message_1' and m.to_address is not null and m.status not in ('skipped', 'cancelled')
        and m.campaign_id is not null and ${within(sql`m.campaign_id`, scope)}) counted
    where same > 1`,

  messageTwoTwice: (scope) => sql`
    select campaign_id, id as message_id, jsonb_build_object('inboundSid', inbound, 'rows', same) as facts
    from (
      select m.id, m.campaign_id, i.inbound, count(*) over (partition by i.inbound) as same
      from messages m cross join lateral (select ${askedBy(sql`m`)} as inbound) i
      where m.message_type = 'message_2' and m.to_address is not null and i.inbound is not null
        and ${scope === null ? sql`true` : sql`m.contact_id in (select o.contact_id from messages o where o.campaign_id = ${scope} and o.message_type = 'message_2')`}) asked
    where same > 1 and ${within(sql`campaign_id`, scope)}`,

  messageTwoUnasked: (scope) => sql`
    select m.campaign_id, m.id as message_id, jsonb_build_object('inboundSid', i.inbound) as facts
    from messages m cross join lateral (select ${askedBy(sql`m`)} as inbound) i
    where m.message_type = 'message_2' and m.to_address is not null and ${within(sql`m.campaign_id`, scope)}
      and not exists (select from interactions a where a.inbound_sid = i.inbound)`,

  // Joins that can be hashed: a probe for each of 100,000 SIDs takes seconds.
  sidOwnedOnce: (scope) => sql`
    select campaign_id, message_id, jsonb_build_object('sid', sid) as facts
    from (
      select m.campaign_id, a.message_id, a.sid from message_attempts a
      join messages m on m.id = a.message_id
      join message_attempts b on b.sid = a.sid and b.id <> a.id
      where ${within(sql`m.campaign_id`, scope)}
      union
      select m.campaign_id, a.message_id, a.sid from message_attempts a
      join messages m on m.id = a.message_id
      join messages o on o.whatsapp_message_id = a.sid and o.id <> m.id and o.to_address is not null
      where ${within(sql`m.campaign_id`, scope)}
      union
      select m.campaign_id, m.id, a.sid from messages m
      join message_attempts a on a.sid = m.whatsapp_message_id and a.message_id <> m.id
      where m.to_address is not null and ${within(sql`m.campaign_id`, scope)}
      union
      select m.campaign_id, m.id, m.whatsapp_message_id from messages m
      join messages o on o.whatsapp_message_id = m.whatsapp_message_id and o.id <> m.id and o.to_address is not null
      where m.to_address is not null and ${within(sql`m.campaign_id`, scope)}) owned`,

  attemptsAgree: (scope) => sql`
    select campaign_id, id as message_id,
      jsonb_build_object('problem', problem, 'status', status, 'outcome', outcome) as facts
    from (
      select m.campaign_id, m.id, m.status, a.outcome, case
        when n.in_all <> m.attempt or n.newest <> m.attempt then 'attempt_count'
        when m.attempt > 0 and a.number is distinct from m.attempt then 'not_the_newest'
        when m.status = 'sending' and (a.id is null or a.outcome is not null) then 'outcome'
        when m.status = 'uncertain' and coalesce(a.outcome, '') not in ('uncertain', 'account', 'given_back') then 'outcome'
        when m.status = 'sent' and (a.outcome is distinct from 'accepted'
          or a.sid is null or a.sid is distinct from m.whatsapp_message_id) then 'sid'
        when m.status in ('delivered', 'read') and not exists (
          select from message_attempts x where x.message_id = m.id and x.sid = m.whatsapp_message_id) then 'sid'
        when m.status in ('pending', 'failed', 'skipped', 'cancelled') and m.attempt > 0
          and coalesce(a.outcome, 'accepted') = 'accepted' then 'outcome'
        when n.accepted > 0 and m.status not in ('sent', 'delivered', 'read') then 'accepted_lost'
      end as problem
      from messages m
      left join message_attempts a on a.id = m.current_attempt_id and a.message_id = m.id
      cross join lateral (
        select count(*) as in_all, coalesce(max(x.number), 0) as newest,
          count(*) filter (where x.outcome = 'accepted') as accepted
        from message_attempts x where x.message_id = m.id) n
      where m.to_address is not null and ${within(sql`m.campaign_id`, scope)}) judged
    where problem is not null`,

  journalAgrees: (scope) => sql`
    select m.campaign_id, m.id as message_id,
      jsonb_build_object('status', m.status, 'journal', e.to_status) as facts
    from messages m left join lateral (
      select e.to_status from message_events e
      where e.message_id = m.id and e.to_status is not null and e.type not like 'ignored%'
      order by e.id desc limit 1) e on true
    where m.to_address is not null and ${within(sql`m.campaign_id`, scope)}
      and case when e.to_status is null then m.status not in ('pending', 'skipped') else e.to_status <> m.status end`,

  // Whatever is not settled has something that will move it on: a due time, a question to Twilio, or an admin.
  nothingStranded: (scope) => sql`
    select campaign_id, id as message_id, jsonb_build_object('problem', problem, 'status', status) as facts
    from (
      select m.campaign_id, m.id, m.status, case
        when m.status = 'pending' and m.next_attempt_at is null then 'never_due'
        when m.status = 'pending' and c.status = 'cancelled' then 'campaign_cancelled'
        when m.status = 'uncertain' and m.next_check_at is null and m.reason is distinct from 'several_candidates'
          then 'never_checked'
        when m.message_type = 'message_1' and c.status in ('completed', 'failed') then 'campaign_ended'
      end as problem
      from messages m left join campaigns c on c.id = m.campaign_id
      where m.status in ('pending', 'sending', 'uncertain') and m.to_address is not null
        and ${within(sql`m.campaign_id`, scope)}) waiting
    where problem is not null`,
};

function within(campaignId: SQL, scope: ProofScope): SQL {
  return scope === null ? sql`true` : sql`${campaignId} = ${scope}`;
}

/** The inbound message that Message 2 `m` answers: by its journal, else by its key. */
function askedBy(m: SQL): SQL {
  return sql`coalesce(
    (select e.data ->> 'inboundSid' from message_events e where e.message_id = ${m}.id and e.type = 'queued' order by e.id limit 1),
    substr(${m}.dedupe_key, 4))`;
}

/** `join …` is no answer (keywordOf in server/domain/opt-out.ts); the same spaces as JavaScript's. */
function isJoin(content: SQL): SQL {
  const space = String.raw`[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;
  return sql`coalesce(${content}, '') ~* ${`^${space}*join${space}+[^\\s]`}`;
}
