// Taking over a database of the previous system with a million messages, against one bare UPDATE of all of them; and how
// long whoever reads meanwhile waits at most.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { migrate } from "#db/migrate.ts";
import { type Figure, milliseconds } from "#scripts/bench/figures.ts";
import type { Lab } from "#scripts/bench/lab.ts";

const contacts = 100_000;
const campaigns = 200;
const messages = 1_000_000;
const previousSystem = new URL("../../db/testing/previous-system.sql", import.meta.url);

export async function benchTakeover(lab: Lab): Promise<Figure[]> {
  const { url, close } = await lab.emptyDatabase();
  const sql = postgres(url, { max: 2, onnotice: () => {}, connection: { TimeZone: "UTC" } });
  try {
    await fill(sql);
    const floor = await timed(() => sql`update messages set retry_count = retry_count`);
    await sql`vacuum full analyze messages`;
    await sql`checkpoint`;
    const reading = readUntilStopped(sql);
    const value = await timed(() => migrate(url)).finally(reading.stop);
    const longest = await reading.longest;
    return [
      {
        name: "taking over 1,000,000 messages",
        value: milliseconds(value),
        floor: `${milliseconds(floor)} bare UPDATE of all of them`,
        ratio: value / floor,
        bar: { atMost: 3 },
      },
      {
        name: "a reader's longest wait meanwhile",
        value: milliseconds(longest),
        floor: "1 s",
        ratio: longest / 1000,
        bar: { atMost: 10 },
      },
    ];
  } finally {
    await sql.end({ timeout: 5 });
    await close();
  }
}

/** One number in ten without its plus, one message in twenty left pending, one in twenty failed. */
async function fill(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(readFileSync(previousSystem, "utf8"));
  await sql`
    insert into contacts (phone_number, country_code, full_number, first_name, last_name, created_by)
    select '70' || lpad(n::text, 7, '0'), '+33', case when n % 10 = 0 then '33' else '+33' end || '70' || lpad(n::text, 7, '0'),
      'Prénom' || n, 'Nom' || n, 2 from generate_series(1, ${contacts}::int) n`;
  await sql`
    insert into campaigns (name, message_1, message_2, status, total_recipients, created_by)
    select 'Campagne ' || n, 'Bonjour', 'Merci', case when n % 20 = 0 then 'sending' else 'completed' end, 1, 2
    from generate_series(1, ${campaigns}::int) n`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'messages' and indexname <> 'messages_pkey'`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  await sql`
    insert into messages (campaign_id, contact_id, message_type, content, status, whatsapp_message_id, sent_at, delivered_at,
      created_at)
    select 4 + n / ${messages / campaigns}::int, 4 + n % ${contacts}::int, 'message_1',
      'Bonjour ' || n % 977 || ', votre offre n°' || n % 5000 || ' vous attend encore quelques jours',
      case when n / ${messages / campaigns}::int % 20 = 19 and n % 2 = 0 then 'pending' when n % 20 = 1 then 'failed'
        when n % 3 = 0 then 'read' else 'delivered' end,
      'SM' || md5(n::text), at, at, at
    from generate_series(0, ${messages - 1}::int) n,
      lateral (select timestamp '2025-01-01' + n * interval '30 seconds' as at) t`;
  for (const { definition } of indexes) await sql.unsafe(definition);
  await sql`vacuum analyze`;
}

/** What a page of the previous system asks for, again and again. */
function readUntilStopped(sql: postgres.Sql): { longest: Promise<number>; stop: () => void } {
  let reading = true;
  const read = async () => {
    let longest = 0;
    for (let n = 1; reading; n += 1) {
      const start = performance.now();
      await sql`select m.status, c.full_number, k.name from messages m join contacts c on c.id = m.contact_id
        join campaigns k on k.id = m.campaign_id where m.id = ${1 + ((n * 7919) % messages)}`;
      longest = Math.max(longest, performance.now() - start);
      await sleep(20);
    }
    return longest;
  };
  return {
    longest: read(),
    stop: () => {
      reading = false;
    },
  };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
