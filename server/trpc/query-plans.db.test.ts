import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { rollUpActivity } from "#server/stats/roll-up-activity.ts";
import { tellBigStory } from "#server/testing/big-story.ts";
import { makeContext, makeSignedIn } from "#server/testing/caller.ts";
import { makeCampaign } from "#server/testing/factories.ts";
import { createCaller } from "#server/trpc/root.ts";

const bigTables = [
  "messages",
  "message_attempts",
  "message_events",
  "interactions",
  "webhook_events",
  "contacts",
  "category_contacts",
];

const { db, url } = await testDatabase();
const [admin, other, boss] = [
  await makeSignedIn(db),
  await makeSignedIn(db),
  await makeSignedIn(db, "super_admin"),
];
type Call = ReturnType<typeof createCaller>;

/** The first of everything, whose numbers follow each other. */
const first = { id: 1 };
const draftOf = await makeCampaign(db, [], { createdBy: admin.id });

const pages: Record<string, (call: Call) => Promise<unknown>> = {
  "stats.overview": (call) => call.stats.overview({ days: 90 }),
  "campaigns.list": (call) => call.campaigns.list({}),
  "campaigns.get": (call) => call.campaigns.get({ id: draftOf + 1 }),
  "campaigns.messages": (call) => call.campaigns.messages({ id: draftOf + 1, after: 500 }),
  "campaigns.messages of a status": (call) =>
    call.campaigns.messages({ id: draftOf + 1, status: "failed", before: 900 }),
  "messages.list": (call) => call.messages.list({}),
  "messages.list, an old page": (call) => call.messages.list({ after: 50_000 }),
  "messages.list of a status": (call) => call.messages.list({ status: "failed" }),
  "messages.list of an error": (call) => call.messages.list({ errorCode: 63015 }),
  "messages.list of a campaign": (call) => call.messages.list({ campaignId: draftOf + 2, status: "read" }),
  "messages.list of a period": (call) => call.messages.list({ from: "2026-01-01", to: "2026-10-01" }),
  "messages.list, a rare word": (call) => call.messages.list({ search: "4711" }),
  "messages.list, a common word": (call) => call.messages.list({ search: "relance" }),
  "messages.list, a name": (call) => call.messages.list({ search: "nom777" }),
  "messages.list, nothing": (call) => call.messages.list({ search: "xyzzy" }),
  "messages.choices": (call) => call.messages.choices(),
  "messages.get": (call) => call.messages.get(first),
};

test("no page reads a big table from end to end, for an admin, an admin without anything and a super admin", async () => {
  await tellBigStory(db, { ownerId: admin.id, messages: 120_000, contacts: 20_000, campaigns: 12 });
  // as the worker has done by the time there is so much
  while (await rollUpActivity(db, { timeZone: "Europe/Paris" }));
  const pool = new pg.Pool({ connectionString: url, max: 4, options: "-c timezone=UTC" });
  const asked: { query: string; params: unknown[] }[] = [];
  const watched = drizzle(pool, { logger: { logQuery: (query, params) => asked.push({ query, params }) } });
  const found: string[] = [];
  try {
    for (const user of [admin, other, boss]) {
      for (const [name, page] of Object.entries(pages)) {
        asked.length = 0;
        await page(createCaller(makeContext(watched, user))).catch((error: Error) => {
          if (!error.message.endsWith("not_found")) throw error;
        });
        expect(asked.length, name).toBeGreaterThan(0);
        for (const { query, params } of asked.filter(({ query }) => /^\s*(select|with)/i.test(query))) {
          const { rows } = await pool.query(`explain (format json) ${query}`, params);
          for (const table of scannedTables(rows[0]["QUERY PLAN"][0].Plan))
            if (bigTables.includes(table)) found.push(`${user.role}, ${name}: ${table}\n${query}`);
        }
      }
    }
  } finally {
    await pool.end();
  }
  expect(found.join("\n\n")).toBe("");
}, 180_000);

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

/** The tables a plan reads from end to end, whatever it reads by an index. */
function scannedTables(plan: Plan): string[] {
  const own = plan["Node Type"] === "Seq Scan" ? [String(plan["Relation Name"])] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scannedTables)];
}
