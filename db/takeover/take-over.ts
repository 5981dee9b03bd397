// What is mended in the previous system's rows, once, in the transaction that makes the schema ours.
import type postgres from "postgres";
import { countRows, type RowCounts, type Survey } from "#db/takeover/survey.ts";

export type TakeoverReport = {
  /** kept, by table */
  rows: RowCounts;
  /** numbers written as E.164 that were not */
  numbersNormalised: number;
  /** contacts whose number is none */
  numbersInvalid: number;
  /** contacts whose number an earlier contact has */
  numbersTwice: number;
  campaignsPaused: number;
  /** Message 1 left pending by a worker that died; nothing sends them by itself */
  messagesWaiting: number;
  /** left pending as well, and ended: nobody waits for them any more, and no campaign will ever send them */
  answersEnded: number;
  /** Message 1 to somebody who has another one in the same campaign */
  recipientsTwice: number;
  /** campaigns of which a counter was not what the rows say */
  countersCorrected: number;
  /** provider's ids that several messages have; all are kept */
  idsRepeated: number;
  /** rows nobody made, which the super admin sees and assigns */
  ownerless: { contacts: number; campaigns: number; categories: number };
};

/**
 * Mends what survey.ts found and leaves the mark by which the database is known to be taken over (settings,
 * `taken_over`: when, and this report). Sends nothing and gives nothing a time to be sent. Throws when a row is missing.
 */
export async function takeOver(sql: postgres.TransactionSql, before: Survey): Promise<TakeoverReport> {
  const numbers = await mendNumbers(sql);
  const recipientsTwice = await leaveOutTwice(sql);
  await sql`update messages set status = 'pending' where status is null`;
  const answersEnded = await endAnswers(sql);
  await dateFailures(sql);
  await sql`insert into day_activity (day, owner_id, dial_code, accepted)
    select day, owner_id, dial_code, accepted from relance_accepted`;
  const campaignsPaused = await pauseUnfinished(sql);
  const countersCorrected = await recount(sql);
  const rows = await countRows(sql);
  for (const [table, count] of Object.entries(before.rows)) {
    if (rows[table] !== count) throw new Error(`${table}: ${count} rows before, ${rows[table]} after`);
  }
  const report = {
    rows,
    ...numbers,
    campaignsPaused,
    answersEnded,
    recipientsTwice,
    countersCorrected,
    idsRepeated: before.idsRepeated,
    ...(await lookAround(sql)),
  };
  await sql`insert into settings (key, value)
    values ('taken_over', ${sql.json({ at: new Date().toISOString(), ...report })})`;
  return report;
}

type Numbers = Pick<TakeoverReport, "numbersNormalised" | "numbersInvalid" | "numbersTwice">;

/**
 * Of several contacts with one number the earliest keeps it. A later one that has it written right gives it up for the
 * earliest one's spelling, since a number belongs to one contact; the history of both says so.
 */
async function mendNumbers(sql: postgres.TransactionSql): Promise<Numbers> {
  await sql`
    create temp table relance_renamed on commit drop as
    select c.id, c.full_number as before, n.e164 as after, true as keeps from contacts c join relance_numbers n using (id)
    where n.person = n.id and n.e164 <> c.full_number`;
  const [renamed] = await sql<{ count: number }[]>`select count(*)::int as count from relance_renamed`;
  await sql`
    insert into relance_renamed
    select later.id, later.full_number, first.before, false from relance_renamed first
    join relance_numbers n on n.person = first.id and n.id <> first.id
    join contacts later on later.id = n.id and later.full_number = first.after`;
  // three steps, since the constraint looks at every row as it is written
  await sql`update contacts c set full_number = '~' || c.id from relance_renamed r where r.id = c.id and not r.keeps`;
  await sql`update contacts c set full_number = r.after from relance_renamed r where r.id = c.id and r.keeps`;
  await sql`update contacts c set full_number = r.after from relance_renamed r where r.id = c.id and not r.keeps`;
  await sql`
    update contacts c set country_code = n.country_code, phone_number = n.national from relance_numbers n
    where n.id = c.id and n.e164 is not null and (c.country_code, c.phone_number) <> (n.country_code, n.national)`;
  await sql`
    insert into contact_changes (contact_id, action, before, after)
    select id, 'updated', jsonb_build_object('fullNumber', before), jsonb_build_object('fullNumber', after)
    from relance_renamed order by id`;
  const flagged = await sql<{ flag: string }[]>`
    update contacts c set flag = case when n.e164 is null then 'invalid_number' else 'duplicate' end
    from relance_numbers n where n.id = c.id and (n.e164 is null or n.person <> n.id)
    returning c.flag`;
  return {
    numbersNormalised: renamed?.count ?? 0,
    numbersInvalid: flagged.filter(({ flag }) => flag === "invalid_number").length,
    numbersTwice: flagged.filter(({ flag }) => flag === "duplicate").length,
  };
}

async function leaveOutTwice(sql: postgres.TransactionSql): Promise<number> {
  const { count } = await sql`
    update messages m set reason = 'recipient_twice',
      status = case when coalesce(m.status, 'pending') = 'pending' then 'skipped' else m.status end
    from relance_twice t where t.id = m.id`;
  return count;
}

/**
 * A Message 2 answers within the window of 24 h, which is over: none will ever leave, whatever becomes of its campaign. Nor
 * will what belongs to no campaign.
 */
async function endAnswers(sql: postgres.TransactionSql): Promise<number> {
  const { count } = await sql`
    update messages set status = 'skipped', reason = 'left_by_previous'
    where status = 'pending' and (message_type is distinct from 'message_1' or campaign_id is null)`;
  return count;
}

/** Those the dashboard's longest period shows. */
async function dateFailures(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    update messages set failed_at = coalesce(sent_at, created_at) at time zone 'UTC'
    where status = 'failed' and coalesce(sent_at, created_at) > (now() - interval '91 days') at time zone 'UTC'`;
}

/** Whatever state it says it is in: with a Message 1 that waits, a campaign is not over, and not on its way either. */
async function pauseUnfinished(sql: postgres.TransactionSql): Promise<number> {
  await sql`
    update campaigns c set status = 'paused', stop_reason = 'taken_over'
    where c.status is distinct from 'paused' and exists (
      select from messages m where m.campaign_id = c.id and m.message_type = 'message_1' and m.status = 'pending')`;
  const [paused] = await sql<{ count: number }[]>`
    select count(*)::int as count from campaigns where stop_reason = 'taken_over'`;
  return paused?.count ?? 0;
}

/** What survey.ts counted. */
async function recount(sql: postgres.TransactionSql): Promise<number> {
  const [corrected] = await sql<{ count: number }[]>`
    with before as (
      select id, row(coalesce(total_recipients, 0), coalesce(sent_count, 0), coalesce(success_count, 0),
        coalesce(failed_count, 0), coalesce(interaction_count, 0))::text as counters from campaigns),
    corrected as (
      update campaigns c set
        total_recipients = coalesce(m.recipients, 0), sent_count = coalesce(m.sent, 0),
        success_count = coalesce(m.delivered, 0), delivered_count = coalesce(m.delivered, 0),
        read_count = coalesce(m.read, 0), failed_count = coalesce(m.failed, 0), skipped_count = coalesce(m.skipped, 0),
        cancelled_count = 0, message_two_count = coalesce(m.two, 0), message_two_sent_count = coalesce(m.two_sent, 0),
        message_two_delivered_count = coalesce(m.two_delivered, 0), message_two_read_count = coalesce(m.two_read, 0),
        message_two_failed_count = coalesce(m.two_failed, 0), interaction_count = coalesce(a.answers, 0),
        started_at = m.started_at at time zone 'UTC',
        finished_at = case when c.status in ('completed', 'failed') then m.finished_at at time zone 'UTC' end
      from campaigns k left join relance_counted m on m.campaign_id = k.id
        left join relance_answered a on a.campaign_id = k.id
      where k.id = c.id
      returning c.id, row(c.total_recipients, c.sent_count, c.success_count, c.failed_count,
        c.interaction_count)::text as counters)
    select count(*)::int as count from corrected join before using (id) where corrected.counters <> before.counters`;
  return corrected?.count ?? 0;
}

type Around = Pick<TakeoverReport, "messagesWaiting" | "ownerless">;

async function lookAround(sql: postgres.TransactionSql): Promise<Around> {
  const [found] = await sql<{ waiting: number; ownerless: TakeoverReport["ownerless"] }[]>`
    select (select count(*)::int from messages where status = 'pending') as waiting,
      jsonb_build_object(
        'contacts', (select count(*) from contacts where created_by is null),
        'campaigns', (select count(*) from campaigns where created_by is null),
        'categories', (select count(*) from categories where created_by is null)) as ownerless`;
  if (!found) throw new Error("counts without a row");
  return { messagesWaiting: found.waiting, ownerless: found.ownerless };
}
