import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { tellBigStory } from "#server/testing/big-story.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { pagesOf, type Some } from "#server/testing/every-page.ts";
import { makeCampaign } from "#server/testing/factories.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";

const bigTables = [
  "messages",
  "message_attempts",
  "message_events",
  "interactions",
  "webhook_events",
  "contacts",
  "contact_changes",
  "category_contacts",
  "import_rows",
];
/** What one query may read of a table of 120,000 rows; a campaign of the story has 10,000. */
const rowsAtMost = 5_000;

const { db, url } = await testDatabase();
const [admin, other, boss] = [
  await makeSignedIn(db),
  await makeSignedIn(db),
  await makeSignedIn(db, "super_admin"),
];

const some = await tellStory();
const pages = pagesOf(some);

test("every procedure that reads is one of the pages", () => {
  const asksNothing = ["auth.me", "sandbox.info"];
  // one counts every row of a campaign again, as it is there for; the other asks Twilio
  const excepted = ["proof.campaign", "proof.candidates"];
  const covered = new Set(Object.keys(pages).map((name) => name.split(/[ ,]/)[0]));
  const reading = Object.entries(appRouter._def.procedures).filter(([, { _def }]) => _def.type === "query");
  const missing = reading.map(([name]) => name).filter((name) => !covered.has(name));
  expect(missing.toSorted()).toEqual([...asksNothing, ...excepted].toSorted());
});

test("no page reads a big table from end to end, for an admin, an admin without anything and a super admin", async () => {
  const pool = new pg.Pool({ connectionString: url, max: 4, options: "-c timezone=UTC" });
  const asked: { query: string; params: unknown[] }[] = [];
  const watched = drizzle(pool, { logger: { logQuery: (query, params) => asked.push({ query, params }) } });
  const found = new Set<string>();
  try {
    for (const user of [admin, other, boss]) {
      for (const [name, page] of Object.entries(pages)) {
        if (user !== boss && name.startsWith("users.")) continue;
        asked.length = 0;
        await page(createCaller(makeContext(watched, user))).catch((error: Error) => {
          if (user !== other || !error.message.endsWith("not_found")) throw error;
        });
        expect(asked.length, name).toBeGreaterThan(0);
        for (const { query, params } of asked.filter(({ query }) => /^\s*(select|with)/i.test(query))) {
          const { rows } = await pool.query(`explain (analyze, timing off, format json) ${query}`, params);
          for (const finding of findingsIn(rows[0]["QUERY PLAN"][0].Plan))
            found.add(
              `${user === other ? "empty" : user.role}, ${name}: ${finding}\n${query.replace(/\s+/g, " ")}`,
            );
        }
      }
    }
  } finally {
    await pool.end();
  }
  expect([...found].join("\n\n")).toBe("");
}, 300_000);

/** Rows in the middle of their tables, a draft to one of ten categories, an import among others. */
async function tellStory(): Promise<Some> {
  await tellBigStory(url, { ownerId: admin.id, messages: 120_000, contacts: 20_000, campaigns: 12 });
  const [found] = await queryRows<Omit<Some, "draft" | "import">>(
    db,
    sql`
    select m.id as message, m.campaign_id as campaign, m.contact_id as contact,
      (select min(category_id) from category_contacts) as category
    from messages m where m.status = 'read' and m.id > 60000 order by m.id limit 1`,
  );
  if (!found) throw new Error("the story has no messages");
  const draft = await makeCampaign(db, [], { createdBy: admin.id });
  await db.execute(
    sql`update campaign_categories set category_id = ${found.category} where campaign_id = ${draft}`,
  );
  await db.execute(sql`
    with made as (
      insert into imports (created_by, status, file_name, settings, total, checked)
      select ${admin.id}::int, 'ready', 'contacts.csv', '{"columns": {"number": 0}}', 2000, 2000
      from generate_series(1, 20) returning id)
    insert into import_rows (import_id, line, cells, verdict)
    select id, line, array['0612345678'], case when line % 10 = 0 then 'refused' else 'accepted' end
    from made, generate_series(1, 2000) line`);
  await db.execute(sql`vacuum analyze import_rows`);
  const [last] = await queryRows<{ id: number }>(db, sql`select max(id) as id from imports`);
  return { ...found, draft, import: last?.id ?? 0 };
}

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
};

/** Big tables read from end to end, and whatever is read of any by the thousand, by an index or not. */
function findingsIn(plan: Plan): string[] {
  const subject = plan["Relation Name"] ?? plan["Index Name"];
  const each =
    plan["Actual Rows"] +
    (plan["Rows Removed by Filter"] ?? 0) +
    (plan["Rows Removed by Index Recheck"] ?? 0);
  const read = each * plan["Actual Loops"];
  const scanned = plan["Node Type"] === "Seq Scan" && bigTables.includes(String(subject)) && read > 0;
  const own =
    subject && (scanned || read > rowsAtMost) ? [`${plan["Node Type"]} of ${subject}, ${read} rows`] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(findingsIn)];
}
