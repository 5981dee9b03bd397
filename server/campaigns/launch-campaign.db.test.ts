// What a launch freezes, skips and refuses (engine.md 10; Exigence 3).
import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { categories, categoryContacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { ensureSender } from "#server/senders/ensure-sender.ts";
import { campaignRow } from "#server/testing/engine.ts";
import {
  makeCampaign,
  makeContact,
  makeContacts,
  makeEnv,
  testContentSid,
} from "#server/testing/factories.ts";

const { db } = await testDatabase();
const env = makeEnv();
const launch = (campaignId: number, includeLeft = false) =>
  launchCampaign(db, { campaignId, env, options: { ...defaultLaunchOptions, includeLeft } });
const rowsOf = (campaignId: number) =>
  db.select().from(messages).where(eq(messages.campaignId, campaignId)).orderBy(asc(messages.contactId));

test("[EX-3.2] [EX-3.3] every recipient gets the template's SID, its variables as JSON and the text they make", async () => {
  const contactId = await makeContact(db, { firstName: "  Zoé " });
  const campaignId = await makeCampaign(db, [contactId]);
  expect(await launch(campaignId)).toEqual({ launched: true, recipients: 1 });
  const [row] = await rowsOf(campaignId);
  expect(row).toMatchObject({
    status: "pending",
    messageType: "message_1",
    contentSid: testContentSid,
    contentVariables: { 1: "Relance", 2: "Zoé" },
    content: "Your Relance code is Zoé",
    fromAddress: "whatsapp:+14155238886",
    dedupeKey: `m1:${campaignId}:${contactId}`,
    priority: 2,
  });
  expect(row?.toAddress).toMatch(/^whatsapp:\+33/);
  expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending", totalRecipients: 1 });
});

test("a value that looks like a placeholder, or like JSON or SQL, stays what it is", async () => {
  const name = `{{1}} '"; drop $1 \\n {"2":"x"}`;
  const campaignId = await makeCampaign(db, [await makeContact(db, { firstName: name })], {
    variables: { 1: { type: "literal", value: "{{2}}" }, 2: { type: "field", field: "firstName" } },
  });
  await launch(campaignId);
  expect(await rowsOf(campaignId)).toMatchObject([
    { content: `Your {{2}} code is ${name}`, contentVariables: { 1: "{{2}}", 2: name } },
  ]);
});

test("blank is blank wherever trim() says so, and goes from both ends of a name", async () => {
  const blanks = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => character.trim() === "",
  );
  expect(blanks).toHaveLength(25);
  const names = [...blanks, `${blanks.join("")}Zoé\u00a0Roux${blanks.join("")}`, "\u200b"];
  const ids: number[] = [];
  for (const firstName of names) ids.push(await makeContact(db, { firstName, lastName: firstName }));
  const campaignId = await makeCampaign(db, ids, {
    message1: "{{1}}|{{2}}",
    variables: {
      1: { type: "field", field: "firstName", fallback: "-" },
      2: { type: "field", field: "fullName", fallback: "-" },
    },
  });
  await launch(campaignId);
  expect((await rowsOf(campaignId)).map(({ content }) => content)).toEqual([
    ...blanks.map(() => "-|-"),
    "Zoé\u00a0Roux|Zoé\u00a0Roux Zoé\u00a0Roux",
    "\u200b|\u200b \u200b",
  ]);
});

test("pressed twice at once, it launches once", async () => {
  // Made by the first of them, its row would keep the others waiting in place of the campaign's.
  await ensureSender(db, env);
  const campaignId = await makeCampaign(db, await makeContacts(db, 20));
  const both = await Promise.all([launch(campaignId), launch(campaignId), launch(campaignId)]);
  expect(both.filter(({ launched }) => launched)).toHaveLength(1);
  expect(both.map(({ recipients }) => recipients)).toEqual([20, 20, 20]);
  expect(await rowsOf(campaignId)).toHaveLength(20);
});

test("a contact in two categories of the campaign receives once", async () => {
  const contactId = await makeContact(db);
  const campaignId = await makeCampaign(db, [contactId]);
  const [second] = await db.insert(categories).values({ name: "une autre" }).returning({ id: categories.id });
  await db.insert(campaignCategories).values({ campaignId, categoryId: second?.id });
  await db.insert(categoryContacts).values({ categoryId: second?.id, contactId });
  expect(await launch(campaignId)).toMatchObject({ recipients: 1 });
  expect(await rowsOf(campaignId)).toHaveLength(1);
});

describe("who is skipped", () => {
  test("is in the ledger with the reason; who was deleted is not", async () => {
    const hour = (ago: number) => sql`now() - ${ago} * interval '1 hour'` as unknown as Date;
    const ids = [
      await makeContact(db, { flag: "duplicate" }),
      await makeContact(db, { optedOutAt: hour(1) }),
      await makeContact(db, { sandboxLeftAt: hour(1) }),
      await makeContact(db, { sandboxLeftAt: hour(2), lastInboundAt: hour(3) }),
      // whose last word was "stop"
      await makeContact(db, { sandboxLeftAt: hour(2), lastInboundAt: hour(2) }),
      await makeContact(db, { sandboxLeftAt: hour(2), lastInboundAt: hour(1) }),
      await makeContact(db, { sandboxJoinedAt: hour(100) }),
      await makeContact(db),
      await makeContact(db, { deletedAt: hour(1) }),
    ];
    const campaignId = await makeCampaign(db, ids);
    expect(await launch(campaignId)).toEqual({ launched: true, recipients: 8 });
    const rows = await rowsOf(campaignId);
    expect(rows.map(({ reason }) => reason)).toEqual([
      "contact_flagged",
      "opted_out",
      "not_in_sandbox",
      "not_in_sandbox",
      "not_in_sandbox",
      null,
      null,
      null,
    ]);
    for (const row of rows) {
      expect(row.status).toBe(row.reason ? "skipped" : "pending");
      expect(row.nextAttemptAt === null).toBe(row.reason !== null);
    }
  });

  test("for having left the sandbox may be included by the admin, an opt-out never", async () => {
    const left = await makeContact(db, { sandboxLeftAt: new Date() });
    const out = await makeContact(db, { optedOutAt: new Date(), sandboxLeftAt: new Date() });
    const campaignId = await makeCampaign(db, [left, out]);
    await launch(campaignId, true);
    expect((await rowsOf(campaignId)).map(({ status }) => status)).toEqual(["pending", "skipped"]);
  });
});

describe("[EX-3.4] a variable Twilio would refuse", () => {
  const literal = (value: string) => ({
    1: { type: "literal" as const, value: "Relance" },
    2: { type: "literal" as const, value },
  });
  const firstName = {
    1: { type: "literal" as const, value: "Relance" },
    2: { type: "field" as const, field: "firstName" as const },
  };
  for (const [what, variables, problem, contact] of [
    ["missing", { 1: { type: "literal" as const, value: "x" } }, "missing", {}],
    ["empty", literal(""), "empty", {}],
    ["of spaces", literal("   "), "empty", {}],
    ["of two lines", literal("a\nb"), "multiline", {}],
    ["with a tab", literal("a\tb"), "multiline", {}],
    ["with five spaces in a row", literal("a     b"), "spaces", {}],
    ["too long", literal("a".repeat(1601)), "too_long", {}],
    ["of a contact without that field", firstName, "empty", { firstName: null }],
    ["of a contact with an empty field", firstName, "empty", { firstName: "  " }],
    ["of a contact whose field is a no-break space", firstName, "empty", { firstName: "\u00a0" }],
    ["of two lines by Unicode", literal("a\u2028b"), "multiline", {}],
    ["of a contact with a line break of Unicode", firstName, "multiline", { firstName: "a\u0085b" }],
    ["of a contact with two lines in it", firstName, "multiline", { firstName: "a\r\nb" }],
  ] as const) {
    test(`(${what}) refuses the launch, naming the variable, and leaves the draft`, async () => {
      const campaignId = await makeCampaign(db, [await makeContact(db), await makeContact(db, contact)], {
        variables,
      });
      await expect(launch(campaignId)).rejects.toMatchObject({
        code: "campaign.variable_invalid",
        meta: { variable: "2", problem },
      });
      expect((await campaignRow(db, campaignId)).status).toBe("draft");
      expect(await rowsOf(campaignId)).toEqual([]);
    });
  }

  test("(of contacts who are skipped) keeps nobody else waiting", async () => {
    const unnamed = { firstName: null };
    const left = await makeContact(db, { ...unnamed, sandboxLeftAt: new Date() });
    const ids = [
      await makeContact(db),
      await makeContact(db, { ...unnamed, optedOutAt: new Date() }),
      await makeContact(db, { ...unnamed, flag: "duplicate" }),
      await makeContact(db, { ...unnamed, deletedAt: new Date() }),
      left,
    ];
    const campaignId = await makeCampaign(db, ids, { variables: firstName });
    await expect(launch(campaignId, true)).rejects.toMatchObject({
      code: "campaign.variable_invalid",
      meta: { variable: "2", problem: "empty", contacts: 1 },
    });
    expect(await launch(campaignId)).toEqual({ launched: true, recipients: 4 });
    const statuses = (await rowsOf(campaignId)).map(({ status }) => status);
    expect(statuses.filter((status) => status === "pending")).toHaveLength(1);
  });

  for (const variable of ["constructor", "__proto__", "toString"]) {
    test(`(${variable}, which every object has) is missing unless it was filled`, async () => {
      const message1 = `Bonjour {{${variable}}}`;
      const contactIds = [await makeContact(db)];
      const unfilled = await makeCampaign(db, contactIds, { message1, variables: {} });
      await expect(launch(unfilled)).rejects.toMatchObject({
        code: "campaign.variable_invalid",
        meta: { variable, problem: "missing" },
      });
      const variables = Object.fromEntries([[variable, { type: "literal" as const, value: "Zoé" }]]);
      const filled = await makeCampaign(db, contactIds, { message1, variables });
      await launch(filled);
      const [row] = await rowsOf(filled);
      expect(row?.content).toBe("Bonjour Zoé");
      expect(Object.entries(row?.contentVariables ?? {})).toEqual([[variable, "Zoé"]]);
    });
  }

  test("(a field some do not have) is filled by the fallback", async () => {
    const campaignId = await makeCampaign(db, [await makeContact(db, { firstName: null })]);
    await launch(campaignId);
    expect(await rowsOf(campaignId)).toMatchObject([{ contentVariables: { 1: "Relance", 2: "1234" } }]);
  });
});

describe("a launch is refused", () => {
  test("without a configured template, without recipients, of what is deleted or over", async () => {
    const [contactId] = (await makeContacts(db, 1)) as [number];
    const refusal = async (patch: Parameters<typeof makeCampaign>[2], contactIds = [contactId]) => {
      const campaignId = await makeCampaign(db, contactIds, patch);
      const error = await launch(campaignId).catch((reason: { code?: string }) => reason);
      return (error as { code?: string }).code;
    };
    expect(await refusal({ contentSid: null })).toBe("template.not_configured");
    expect(await refusal({}, [])).toBe("campaign.no_recipients");
    expect(await refusal({ deletedAt: new Date() })).toBe("campaign.not_found");
    expect(await refusal({ status: "cancelled" })).toBe("campaign.wrong_status");
  });
});

test("a contact added to the category after the launch is no recipient", async () => {
  const campaignId = await makeCampaign(db, await makeContacts(db, 1));
  await launch(campaignId);
  const [aim] = await db
    .select()
    .from(campaignCategories)
    .where(eq(campaignCategories.campaignId, campaignId));
  await db.insert(categoryContacts).values({ categoryId: aim?.categoryId, contactId: await makeContact(db) });
  expect(await launch(campaignId)).toEqual({ launched: false, recipients: 1 });
  expect(await rowsOf(campaignId)).toHaveLength(1);
  await db.update(campaigns).set({ status: "completed" }).where(eq(campaigns.id, campaignId));
  expect(await launch(campaignId)).toMatchObject({ launched: false });
});
