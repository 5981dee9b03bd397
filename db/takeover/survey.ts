// What is found before anything is changed. All that takes long is done here, while the previous system's pages still
// read: only writers wait, so that what was found is what is taken over.
import type postgres from "postgres";
import type { Migration } from "#db/migration-files.ts";
import { buildEarlyIndexes } from "#db/takeover/early-indexes.ts";
import { lockMs, lockTables } from "#db/takeover/lock-tables.ts";
import { previousTableNames } from "#db/takeover/previous-tables.ts";
import { readProvenNumber, readStoredNumber } from "#server/domain/stored-number.ts";

export type RowCounts = Record<string, number>;

export type Survey = {
  /** by table */
  rows: RowCounts;
  /** provider's ids that several messages have */
  idsRepeated: number;
};

const batch = 5_000;

/**
 * Shuts out the previous system's writers, builds the indexes that need none of the new columns, and keeps, for the rest
 * of the transaction, which number each contact has (relance_numbers), which Message 1 go to somebody a second time
 * (relance_twice), what each campaign's counters are to be (relance_counted, relance_answered), and how many messages left
 * on each day of `timeZone` (relance_accepted). Shuts out readers last.
 */
export async function survey(
  sql: postgres.TransactionSql,
  migrations: readonly Migration[],
  timeZone: string,
): Promise<Survey> {
  await sql.unsafe(`set local lock_timeout = ${lockMs}`);
  await sql.unsafe("set local maintenance_work_mem = '256MB'");
  await lockTables(sql, "share row exclusive");
  await buildEarlyIndexes(sql, migrations);
  await readNumbers(sql);
  await findTwice(sql);
  await countMessages(sql);
  await countDays(sql, timeZone);
  const found = { rows: await countRows(sql), idsRepeated: await countRepeated(sql) };
  // from here to the commit nobody reads
  await lockTables(sql, "access exclusive");
  return found;
}

/** The rows of the previous system's tables. */
export async function countRows(sql: postgres.TransactionSql): Promise<RowCounts> {
  const counts: RowCounts = {};
  for (const table of previousTableNames) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(table)}`;
    counts[table] = row?.count ?? 0;
  }
  return counts;
}

async function readNumbers(sql: postgres.TransactionSql): Promise<void> {
  await sql`create temp table relance_numbers (id integer primary key, e164 text, country_code text, national text)
    on commit drop`;
  for (let after = 0; ; ) {
    const contacts = await sql<{ id: number; fullNumber: string; countryCode: string }[]>`
      select id, full_number as "fullNumber", country_code as "countryCode" from contacts
      where id > ${after} order by id limit ${batch}`;
    if (contacts.length === 0) break;
    const read = contacts.map(readStoredNumber);
    const proven = await reachedAmong(
      sql,
      contacts.filter((_, nr) => read[nr] === null).map(({ id }) => id),
    );
    contacts.forEach((contact, nr) => {
      if (proven.has(contact.id)) read[nr] = readProvenNumber(contact);
    });
    await sql`
      insert into relance_numbers select * from unnest(${contacts.map(({ id }) => id)}::int[],
        ${read.map((number) => number?.e164 ?? null)}::text[], ${read.map((number) => number?.countryCode ?? null)}::text[],
        ${read.map((number) => number?.nationalNumber ?? null)}::text[])`;
    after = contacts.at(-1)?.id ?? 0;
  }
  // who has the number of an earlier contact is that contact, as far as messages go
  await sql`alter table relance_numbers add column person integer`;
  await sql`
    update relance_numbers n set person = first.id
    from (select id as own, min(id) over (partition by coalesce(e164, id::text)) as id from relance_numbers) first
    where n.id = first.own`;
  await sql`analyze relance_numbers`;
}

/** Those to whom a message of the previous system was delivered. */
async function reachedAmong(sql: postgres.TransactionSql, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const reached = await sql<{ id: number }[]>`
    select id from unnest(${[...ids]}::int[]) c (id)
    where exists (select from messages m where m.contact_id = c.id and m.status in ('delivered', 'read'))`;
  return new Set(reached.map(({ id }) => id));
}

/** The one that went out, else the earlier one, is the person's Message 1 of the campaign. */
async function findTwice(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    create temp table relance_twice on commit drop as
    with several as (
      select campaign_id, person from (
        select m.campaign_id, n.person from messages m join relance_numbers n on n.id = m.contact_id
        where m.message_type = 'message_1' and m.campaign_id is not null) sent
      group by campaign_id, person having count(*) > 1)
    select id from (
      select m.id, row_number() over (partition by m.campaign_id, n.person
        order by m.status in ('sent', 'delivered', 'read') desc nulls last, m.id) as place
      from several s join relance_numbers n on n.person = s.person
      join messages m on m.campaign_id = s.campaign_id and m.contact_id = n.id and m.message_type = 'message_1') placed
    where place > 1`;
}

/** `join …` is no answer (keywordOf in server/domain/opt-out.ts); the same spaces as JavaScript's. */
const space = String.raw`[\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;
const joinWords = `^${space}*join${space}+[^\\s]`;

/**
 * As the engine counts from now on (server/proof/checks.ts), of the rows as they will be: who is there twice is left out,
 * a message without a status waits. And from when to when the campaign was on its way.
 */
async function countMessages(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    create temp table relance_counted on commit drop as
    select campaign_id,
      count(*) filter (where one) as recipients,
      count(*) filter (where one and status in ('sent', 'delivered', 'read')) as sent,
      count(*) filter (where one and status in ('delivered', 'read')) as delivered,
      count(*) filter (where one and status = 'read') as read,
      count(*) filter (where one and status = 'failed') as failed,
      count(*) filter (where one and twice and status = 'pending') as skipped,
      count(*) filter (where two) as two,
      count(*) filter (where two and status in ('sent', 'delivered', 'read')) as two_sent,
      count(*) filter (where two and status in ('delivered', 'read')) as two_delivered,
      count(*) filter (where two and status = 'read') as two_read,
      count(*) filter (where two and status = 'failed') as two_failed,
      min(created_at) as started_at, max(coalesce(sent_at, created_at)) as finished_at
    from (
      select m.campaign_id, coalesce(m.status, 'pending') as status, m.message_type = 'message_1' as one,
        m.message_type = 'message_2' as two, t.id is not null as twice, m.created_at, m.sent_at
      from messages m left join relance_twice t on t.id = m.id
      where m.campaign_id is not null) m
    group by campaign_id`;
  await sql`create temp table relance_answered (campaign_id integer, answers bigint) on commit drop`;
  await sql`
    insert into relance_answered
    select campaign_id, count(*) as answers from interactions
    where interaction_type = 'reply' and coalesce(content, '') !~* ${joinWords} group by campaign_id`;
}

/**
 * What the dashboard shows by day (server/stats/activity.ts) it counts by attempts, which these messages have none of. One
 * that failed had been accepted where the provider gave it an id.
 */
async function countDays(sql: postgres.TransactionSql, timeZone: string): Promise<void> {
  await sql`
    create temp table relance_accepted on commit drop as
    select (m.at at time zone 'UTC' at time zone ${timeZone}::text)::date as day,
      coalesce(case when m.campaign_id is not null then c.created_by else k.created_by end, 0) as owner_id,
      coalesce(n.country_code, k.country_code, '') as dial_code, count(*)::int as accepted
    from (
      select campaign_id, contact_id, coalesce(sent_at, created_at) as at from messages
      where status in ('sent', 'delivered', 'read')
        or (status = 'failed' and sent_at is not null and whatsapp_message_id is not null)) m
    left join campaigns c on c.id = m.campaign_id
    left join contacts k on k.id = m.contact_id
    left join relance_numbers n on n.id = m.contact_id
    where m.at is not null
    group by 1, 2, 3`;
}

async function countRepeated(sql: postgres.TransactionSql): Promise<number> {
  const [repeated] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select from messages where whatsapp_message_id is not null group by whatsapp_message_id having count(*) > 1) r`;
  return repeated?.count ?? 0;
}
