import type { AnyProcedure } from "@trpc/server";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { tellBigStory } from "#server/testing/big-story.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { pagesOf, type Some } from "#server/testing/every-page.ts";
import { makeUnfinished } from "#server/testing/unfinished.ts";
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
/** What one query may read of any table; there are 120,000 messages, 15,000 in each campaign, and 40,000 contacts. */
const rowsAtMost = 12_000;

const { db, url } = await testDatabase();
const [admin, other, boss] = [
  await makeSignedIn(db),
  await makeSignedIn(db),
  await makeSignedIn(db, "super_admin"),
];

const some = await tellStory();
const pages = pagesOf(some);

test("every procedure that reads is one of the pages", () => {
  const asksNothing = ["audit.kept", "auth.me", "doctor.checks", "sandbox.console", "sandbox.info"];
  // asked of Twilio; of one row of few, by its id
  const excepted = ["proof.candidates", "conversations.media", "strangers.get", "strangers.media"];
  const covered = new Set(Object.keys(pages).map((name) => name.split(/[ ,]/)[0]));
  // flat, whatever its type says
  const procedures = appRouter._def.procedures as object as Record<string, AnyProcedure>;
  const reading = Object.entries(procedures).filter(([, { _def }]) => _def.type === "query");
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
        if (user !== boss && /^(audit|users|webhooks|strangers)\./.test(name)) continue;
        asked.length = 0;
        await page(createCaller(makeContext(watched, user))).catch((error: Error) => {
          if (user !== other || !error.message.endsWith("not_found")) throw new Error(name, { cause: error });
        });
        expect(asked.length, name).toBeGreaterThan(0);
        for (const { query, params } of asked.filter(({ query }) => /^\s*(select|with)/i.test(query))) {
          const { rows } = await pool.query(`explain (analyze, timing off, format json) ${query}`, params);
          // a thousand rows of a file, or a tenth of the contacts, may be joined to all contacts
          for (const finding of findingsIn(rows[0]["QUERY PLAN"][0].Plan))
            if (
              !/^(exports|campaigns\.(audience|preflight)).*Seq Scan of contacts/.test(`${name}: ${finding}`)
            )
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

/** Rows in the middle of their tables, an import among others. */
async function tellStory(): Promise<Some> {
  await tellBigStory(url, { ownerId: admin.id, messages: 120_000, contacts: 40_000, campaigns: 8 });
  const [found] = await queryRows<Omit<Some, "import" | "draft">>(
    db,
    sql`
    select m.id as message, m.campaign_id as campaign, m.contact_id as contact,
      (select min(category_id) from category_contacts) as category
    from messages m where m.status = 'read' and m.id > 60000 order by m.id limit 1`,
  );
  if (!found) throw new Error("the story has no messages");
  const { draft, ready } = await makeUnfinished(db, { ownerId: admin.id, categoryId: found.category });
  return { ...found, draft, import: ready };
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

/** What comes out of them is not cut off by a limit above: they read all there is below. */
const readsAll = /Sort|Aggregate|^Hash$|Bitmap|Unique|Window/;

/** Scans of big tables that nothing cuts off, and whatever is read of any by the thousand, by an index or not. */
function findingsIn(plan: Plan, limited = false): string[] {
  const node = plan["Node Type"];
  const subject = plan["Relation Name"] ?? plan["Index Name"];
  const each =
    plan["Actual Rows"] +
    (plan["Rows Removed by Filter"] ?? 0) +
    (plan["Rows Removed by Index Recheck"] ?? 0);
  const read = each * plan["Actual Loops"];
  const scanned = node === "Seq Scan" && bigTables.includes(String(subject)) && read > 0 && !limited;
  const own = subject && (scanned || read > rowsAtMost) ? [`${node} of ${subject}, ${read} rows`] : [];
  const limitedBelow = node === "Limit" || (limited && !readsAll.test(node));
  return [...own, ...(plan.Plans ?? []).flatMap((below) => findingsIn(below, limitedBelow))];
}
