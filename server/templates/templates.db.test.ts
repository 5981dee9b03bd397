import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";
import { startSimulator } from "#e2e/twilio-simulator/server.ts";
import { ensureTemplates } from "#server/templates/ensure-templates.ts";
import { sandboxTemplates } from "#server/templates/known-templates.ts";
import { listTemplates } from "#server/templates/queries.ts";
import { syncTemplates } from "#server/templates/sync-templates.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeEnv } from "#server/testing/factories.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

const sid = `HX${"c".repeat(32)}`;

async function withSimulator() {
  const simulator = await startSimulator({});
  const gateway = createTwilioGateway(makeEnv({ TWILIO_API_BASE_URL: simulator.url }));
  return { simulator, gateway, control: simulatorClient(simulator.url) };
}

test("[EX-3.3] the default template is there from the start, to be configured until it has a SID", async () => {
  const { db } = await testDatabase();
  await ensureTemplates(db, { defaultContentSid: null });
  const [first, ...others] = await listTemplates(db);
  expect(first).toMatchObject({ body: "Your {{1}} code is {{2}}", contentSid: null, isDefault: true });
  expect(Object.keys(first?.variables ?? {})).toEqual(["1", "2"]);
  expect(new Set(others.map(({ contentSid }) => contentSid))).toEqual(
    new Set(sandboxTemplates.map(({ contentSid }) => contentSid)),
  );
});

test("[EX-3.3] a campaign without a template gets the default one", async () => {
  const { db } = await testDatabase();
  await ensureTemplates(db, { defaultContentSid: sid });
  const { call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Clients", color: "#22aa66" });
  const { id } = await call.campaigns.create({ name: "Codes", categoryIds: [categoryId] });
  expect(await call.campaigns.get({ id })).toMatchObject({
    messageOne: "Your {{1}} code is {{2}}",
    template: { contentSid: sid, body: "Your {{1}} code is {{2}}" },
  });
});

test("[EX-3.1] a SID configured later reaches the drafts of the default template", async () => {
  const { db, sql } = await testDatabase();
  await ensureTemplates(db, { defaultContentSid: null });
  const { call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Clients", color: "#22aa66" });
  const { id } = await call.campaigns.create({ name: "Codes", categoryIds: [categoryId] });
  await expect(call.campaigns.launch({ id })).rejects.toMatchObject({ message: "template.not_configured" });
  await ensureTemplates(db, { defaultContentSid: sid });
  await ensureTemplates(db, { defaultContentSid: sid });
  expect((await call.campaigns.get({ id })).template).toMatchObject({ contentSid: sid });
  expect(await sql`select from templates where is_default`).toHaveLength(1);
});

test("processes that start together make each template once", async () => {
  const { db, sql } = await testDatabase();
  await Promise.all([1, 2, 3, 4].map(() => ensureTemplates(db, { defaultContentSid: sid })));
  expect(await sql`select from templates`).toHaveLength(1 + sandboxTemplates.length);
});

test("a template of the account that is made the default is listed once", async () => {
  const { db } = await testDatabase();
  const { simulator, gateway } = await withSimulator();
  try {
    await ensureTemplates(db, { defaultContentSid: null });
    await syncTemplates(db, gateway);
    await ensureTemplates(db, { defaultContentSid: DEFAULT_CONTENT_SID });
    const same = (await listTemplates(db)).filter(({ contentSid }) => contentSid === DEFAULT_CONTENT_SID);
    expect(same).toMatchObject([{ isDefault: true, source: "default" }]);
  } finally {
    await simulator.close();
  }
});

test("a sync adds what the account has, updates what changed and hides what is gone", async () => {
  const { db } = await testDatabase();
  const { simulator, gateway, control } = await withSimulator();
  try {
    await ensureTemplates(db, { defaultContentSid: DEFAULT_CONTENT_SID });
    await syncTemplates(db, gateway);
    const before = (await listTemplates(db)).length;
    const body = (text: string) => ({ sid, friendlyName: "promo", types: { "twilio/text": { body: text } } });
    await control.putContent({ ...body("Bonjour {{1}}"), variables: { "1": "Léa" } });
    expect(await syncTemplates(db, gateway)).toEqual({ added: 1, updated: 0, removed: 0 });
    await control.putContent({ ...body("Salut {{1}}"), variables: { "1": "Léa" } });
    expect(await syncTemplates(db, gateway)).toEqual({ added: 0, updated: 1, removed: 0 });
    expect(await syncTemplates(db, gateway)).toEqual({ added: 0, updated: 0, removed: 0 });
    expect(await listTemplates(db)).toContainEqual(
      expect.objectContaining({ contentSid: sid, name: "promo", body: "Salut {{1}}", source: "account" }),
    );
    await control.removeContent(sid);
    expect(await syncTemplates(db, gateway)).toEqual({ added: 0, updated: 0, removed: 1 });
    expect(await listTemplates(db)).toHaveLength(before);
  } finally {
    await simulator.close();
  }
});

test("[EX-2.5] a Twilio that refuses is told with its code, and nothing changes", async () => {
  const { db } = await testDatabase();
  const { simulator } = await withSimulator();
  try {
    const gateway = createTwilioGateway(
      makeEnv({ TWILIO_API_BASE_URL: simulator.url, TWILIO_AUTH_TOKEN: "wrong" }),
    );
    await expect(syncTemplates(db, gateway)).rejects.toMatchObject({
      code: "template.sync_failed",
      meta: { code: 20003, httpStatus: 401 },
    });
    expect(await listTemplates(db)).toEqual([]);
  } finally {
    await simulator.close();
  }
});
