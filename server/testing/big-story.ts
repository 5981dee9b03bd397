// A ledger as large as one wishes, written by SQL in seconds: for query plans and for the benchmark of the pages.
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { type Database, queryRows } from "#db/client.ts";
import { rollUpActivity } from "#server/stats/roll-up-activity.ts";

export type BigStory = {
  /** whose campaigns all of it belongs to */
  ownerId: number;
  messages: number;
  contacts: number;
  campaigns: number;
};

/**
 * Messages of `campaigns` campaigns to `contacts` contacts over the last ninety days, in the order of their times: 90 of a
 * hundred accepted, one in ten of those answered, five failed with one of four codes. Indexes are left out while the
 * rows are written and made again after it; counters are those of the rows, and the days are rolled up as a worker does.
 */
export async function tellBigStory(url: string, story: BigStory): Promise<void> {
  // by a connection of its own, which may take its time
  const client = new pg.Client({ connectionString: url, options: `${session} -c statement_timeout=0` });
  await client.connect();
  try {
    await tell(drizzle(client), story);
  } finally {
    await client.end();
  }
}

const session = "-c timezone=UTC -c maintenance_work_mem=256MB -c synchronous_commit=off";

async function tell(db: Database, story: BigStory): Promise<void> {
  const { ownerId, messages, contacts, campaigns } = story;
  const run = (query: ReturnType<typeof sql>) => db.execute(query);
  await run(sql`
    with made as (
      insert into contacts (phone_number, country_code, full_number, first_name, last_name, created_by, last_inbound_at,
        sandbox_joined_at, sandbox_left_at, opted_out_at, flag)
      select '70' || lpad(n::text, 7, '0'), '+33', '+3370' || lpad(n::text, 7, '0'),
        (array['Camille', 'Noé', 'Inès', 'Hélène', 'Sacha', 'Zoé', 'Lou', 'Gaëtan'])[1 + n % 8] || ' ' || n, 'Nom' || n,
        ${ownerId}::int, case when n % 3 > 0 then now() - (n % 2000) * interval '1 hour' end,
        case when n % 3 = 1 then now() - (n % 2000) * interval '1 hour' end, case when n % 500 = 1 then now() end,
        case when n % 400 = 2 then now() end, case when n % 1000 = 3 then 'invalid_number' end
      from generate_series(1, ${contacts}::int) n returning id),
    groups as (
      insert into categories (name, color, created_by)
      select 'Catégorie ' || n, '#0f766e', ${ownerId}::int from generate_series(0, 9) n returning id, name)
    insert into category_contacts (category_id, contact_id)
    select g.id, made.id from made join groups g on g.name = 'Catégorie ' || (made.id % 10)`);
  await run(sql`
    insert into campaigns (name, message_1, message_2, status, total_recipients, created_by, started_at, finished_at)
    select 'Campagne ' || n, 'Your {{1}} code is {{2}}', 'Merci !', 'completed', 0, ${ownerId}::int,
      now() - interval '90 days', now() from generate_series(1, ${campaigns}::int) n`);
  const indexes = await takeIndexes(db);
  await run(sql`alter table messages disable trigger user`);
  await run(sql`
    with firsts as (select (select min(id) from contacts) as contact, (select min(id) from campaigns) as campaign)
    insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id, to_address,
      error_code, error_message, failed_at, sent_at, delivered_at, created_at, created_by)
    select campaign + (n::bigint * ${campaigns}::int / ${messages}::int)::int, contact + n % ${contacts}::int, 'message_1',
      'Your Relance code is ' || (array['Camille', 'Noé', 'Inès', 'Hélène'])[1 + n % 4] || ', offre n°' || n % 5000,
      case when n % 100 < 60 then 'read' when n % 100 < 80 then 'delivered' when n % 100 < 90 then 'sent'
        when n % 100 < 95 then 'failed' else 'skipped' end,
      case when n % 100 < 90 then 'SM' || lpad(to_hex(n), 32, '0') end, 'whatsapp:+3370' || lpad((n % ${contacts}::int)::text, 7, '0'),
      case when n % 100 between 90 and 94 then (array[63015, 63016, 30008, 21211])[1 + n / 100 % 4] end,
      case when n % 100 between 90 and 94 then 'failed' end, case when n % 100 between 90 and 94 then at end,
      at at time zone 'UTC', at at time zone 'UTC', at at time zone 'UTC', ${ownerId}::int
    from firsts, generate_series(0, ${messages}::int - 1) n
    cross join lateral (select now() - interval '90 days' * (1 - n::float8 / ${messages}::int) as at) t`);
  await run(sql`
    insert into message_attempts (message_id, number, slot_at, claimed_at, requested_at, answered_at, sid, outcome)
    select id, 1, sent_at, sent_at, sent_at, sent_at, whatsapp_message_id, 'accepted' from messages
    where whatsapp_message_id is not null`);
  await run(sql`
    insert into message_events (message_id, type, from_status, to_status, at)
    select id, 'accept', 'sending', 'sent', sent_at from messages`);
  await run(sql`
    insert into interactions (campaign_id, contact_id, message_id, interaction_type, content, received_at)
    select campaign_id, contact_id, id, 'reply', 'Oui !', sent_at + interval '10 minutes' from messages
    where id % 10 = 0 and whatsapp_message_id is not null and sent_at < now() at time zone 'UTC' - interval '20 minutes'`);
  await run(sql`
    insert into webhook_events (kind, url, raw_body, params, verdict, applied_at, message_sid)
    select 'status', '/', '', '{}', 'accepted', now(), whatsapp_message_id from messages
    where whatsapp_message_id is not null and id % 2 = 0`);
  await run(sql`alter table messages enable trigger user`);
  for (const { definition } of indexes) await run(sql.raw(definition));
  await run(sql`
    update campaigns c set total_recipients = m.total, sent_count = m.sent, delivered_count = m.delivered,
      success_count = m.delivered, read_count = m.read, failed_count = m.failed, skipped_count = m.skipped,
      interaction_count = m.sent / 10
    from (select campaign_id, count(*) as total, count(*) filter (where status in ('sent', 'delivered', 'read')) as sent,
        count(*) filter (where status in ('delivered', 'read')) as delivered, count(*) filter (where status = 'read') as read,
        count(*) filter (where status = 'failed') as failed, count(*) filter (where status = 'skipped') as skipped
      from messages group by 1) m
    where m.campaign_id = c.id`);
  while (await rollUpActivity(db, { timeZone }));
  await run(sql`vacuum analyze`);
}

/** Of the display, where no environment says otherwise. */
const timeZone = "Europe/Paris";

/** Drops the indexes that guard nothing, of the tables with many rows; returns how to make them again. */
async function takeIndexes(db: Database): Promise<{ definition: string }[]> {
  const found = await queryRows<{ name: string; definition: string }>(
    db,
    sql`
    select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid in ('messages'::regclass, 'message_attempts'::regclass, 'message_events'::regclass,
        'interactions'::regclass, 'webhook_events'::regclass)
      and not i.indisunique and not i.indisprimary`,
  );
  for (const { name } of found) await db.execute(sql.raw(`drop index "${name}"`));
  return found;
}
