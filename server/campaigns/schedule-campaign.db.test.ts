// A campaign that starts by itself (engine.md 5 and 10; Exigence 6).
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { queryRows } from "#db/client.ts";
import { campaignCategories, campaigns } from "#db/schema/campaigns.ts";
import { categoryContacts, contacts } from "#db/schema/contacts.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { cancelCampaign } from "#server/campaigns/cancel-campaign.ts";
import { scheduleCampaign } from "#server/campaigns/schedule-campaign.ts";
import { startScheduled } from "#server/campaigns/start-scheduled.ts";
import { unscheduleCampaign } from "#server/campaigns/unschedule-campaign.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { campaignRow, statusCounts } from "#server/testing/engine.ts";
import { makeCampaign, makeContact, makeContacts, makeEnv } from "#server/testing/factories.ts";

const { db } = await testDatabase();
const env = makeEnv();
const options = defaultLaunchOptions;

/** The day after tomorrow, as the admin's calendar names it. */
const inTwoDays = async () => {
  const [row] = await queryRows<{ date: string }>(
    db,
    sql`select to_char((now() at time zone 'Europe/Paris')::date + 2, 'YYYY-MM-DD') as date`,
  );
  return row?.date as string;
};
const schedule = (campaignId: number, date: string, time = "09:30", patch = {}) =>
  scheduleCampaign(db, { campaignId, date, time, env, options: { ...options, ...patch } });
const itsTimeComes = (campaignId: number) =>
  db.update(campaigns).set({ scheduledAt: sql`now()` }).where(eq(campaigns.id, campaignId));

test("waits for its time, then starts once however many look at once, with the recipients of that moment", async () => {
  const campaignId = await makeCampaign(db, await makeContacts(db, 2));
  const { scheduledAt } = await schedule(campaignId, await inTwoDays());
  expect(scheduledAt.getTime()).toBeGreaterThan(Date.now());
  expect(await startScheduled(db, env)).toBe(0);
  expect(await campaignRow(db, campaignId)).toMatchObject({ status: "scheduled", scheduledAt });
  expect(await statusCounts(db, campaignId)).toEqual({});

  const [aim] = await db
    .select()
    .from(campaignCategories)
    .where(eq(campaignCategories.campaignId, campaignId));
  await db.insert(categoryContacts).values({ categoryId: aim?.categoryId, contactId: await makeContact(db) });
  await itsTimeComes(campaignId);
  const started = await Promise.all([
    startScheduled(db, env),
    startScheduled(db, env),
    startScheduled(db, env),
  ]);
  expect(started.reduce((a, b) => a + b)).toBe(1);
  expect(await campaignRow(db, campaignId)).toMatchObject({ status: "sending", totalRecipients: 3 });
  expect(await statusCounts(db, campaignId)).toEqual({ pending: 3 });
});

test("the hour is the one on the admin's clock, summer and winter", async () => {
  const campaignId = await makeCampaign(db, await makeContacts(db, 1));
  const summer = await schedule(campaignId, "2096-07-01", "09:30");
  expect(summer.scheduledAt.toISOString()).toBe("2096-07-01T07:30:00.000Z");
  const winter = await schedule(campaignId, "2096-12-01", "09:30");
  expect(winter.scheduledAt.toISOString()).toBe("2096-12-01T08:30:00.000Z");
});

test("a moment that is past is refused, and leaves the draft", async () => {
  const campaignId = await makeCampaign(db, await makeContacts(db, 1));
  await expect(schedule(campaignId, "2020-01-01")).rejects.toMatchObject({ code: "campaign.schedule_past" });
  expect(await campaignRow(db, campaignId)).toMatchObject({ status: "draft", scheduledAt: null });
});

test("what no launch could send is refused when it is scheduled, not at night", async () => {
  const campaignId = await makeCampaign(db, await makeContacts(db, 1), { variables: {} });
  await expect(schedule(campaignId, "2096-07-01")).rejects.toMatchObject({
    code: "campaign.variable_invalid",
  });
});

test("whom to leave out is remembered until the start", async () => {
  const unknown = await makeContact(db);
  const member = await makeContact(db, { sandboxJoinedAt: new Date(), lastInboundAt: new Date() });
  const campaignId = await makeCampaign(db, [unknown, member]);
  await schedule(campaignId, "2096-07-01", "09:30", { excludeUnknown: true });
  await itsTimeComes(campaignId);
  await startScheduled(db, env);
  expect(await statusCounts(db, campaignId)).toEqual({ skipped: 1, pending: 1 });
});

test("made a draft again, or cancelled, it does not start", async () => {
  const drafted = await makeCampaign(db, await makeContacts(db, 1));
  await schedule(drafted, "2096-07-01");
  await unscheduleCampaign(db, { campaignId: drafted });
  expect(await campaignRow(db, drafted)).toMatchObject({
    status: "draft",
    scheduledAt: null,
    launchOptions: null,
  });
  const cancelled = await makeCampaign(db, await makeContacts(db, 1));
  await schedule(cancelled, "2096-07-01");
  await itsTimeComes(cancelled);
  await cancelCampaign(db, { campaignId: cancelled });
  expect(await startScheduled(db, env)).toBe(0);
  expect((await campaignRow(db, cancelled)).status).toBe("cancelled");
});

test("whose launch is refused when the time comes says why, keeps nobody else waiting, and can be mended", async () => {
  const emptied = await makeContacts(db, 1);
  const broken = await makeCampaign(db, emptied);
  await schedule(broken, "2096-07-01");
  await db
    .update(contacts)
    .set({ deletedAt: sql`now()` })
    .where(eq(contacts.id, emptied[0] as number));
  const sound = await makeCampaign(db, await makeContacts(db, 1));
  await schedule(sound, "2096-07-01");
  await itsTimeComes(broken);
  await itsTimeComes(sound);
  expect(await startScheduled(db, env)).toBe(1);
  expect(await campaignRow(db, broken)).toMatchObject({
    status: "failed",
    stopReason: "campaign.no_recipients",
  });
  await unscheduleCampaign(db, { campaignId: broken });
  expect(await campaignRow(db, broken)).toMatchObject({ status: "draft", stopReason: null });
});

test("what has recipients is no draft any more", async () => {
  const campaignId = await makeCampaign(db, await makeContacts(db, 1), {
    status: "failed",
    startedAt: new Date(),
  });
  await expect(unscheduleCampaign(db, { campaignId })).rejects.toMatchObject({
    code: "campaign.already_started",
  });
  await expect(schedule(campaignId, "2096-07-01")).rejects.toMatchObject({ code: "campaign.wrong_status" });
  expect((await campaignRow(db, campaignId)).status).toBe("failed");
});
