// A copy of a campaign can leave out those whom the original reached: the "renvoyer" of engine.md 10.
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { scheduleCampaign } from "#server/campaigns/schedule-campaign.ts";
import { unscheduleCampaign } from "#server/campaigns/unschedule-campaign.ts";
import { defaultLaunchOptions, launchOptionNames } from "#server/domain/launch-options.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeEnv, makeLaunched } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();

const counted = (counts: { reason: string; count: number }[]) =>
  Object.fromEntries(counts.map(({ reason, count }) => [reason, count]));

/** Of five recipients one has read it, one may have had it, one failed, one was cancelled and one waits. */
async function stoppedCampaign(status: string, stopReason: string | null = null) {
  const { user, call } = await callerOf(db);
  const launched = await makeLaunched(db, 5, { createdBy: user.id });
  const { campaignId, messageIds, contactIds } = launched;
  await sql`update messages m set status = s.status
    from unnest(${messageIds}::int[], ${["read", "uncertain", "failed", "cancelled", "pending"]}::text[]) s (id, status)
    where s.id = m.id`;
  await sql`update campaigns set status = ${status}, stop_reason = ${stopReason} where id = ${campaignId}`;
  await sql`update categories set created_by = ${user.id} where id in
    (select category_id from campaign_categories where campaign_id = ${campaignId})`;
  return { call, campaignId, contactIds };
}

const reachedOf = (campaignId: number) =>
  sql`select contact_id from messages where campaign_id = ${campaignId} and reason = 'already_reached' order by 1`;

test("the copy of a stopped campaign goes to those it did not reach, and the sheet says so before", async () => {
  const { call, campaignId, contactIds } = await stoppedCampaign("cancelled");
  const { id } = await call.campaigns.duplicate({ id: campaignId });
  const copy = await call.campaigns.get({ id });
  expect(copy).toMatchObject({ isCopy: true, launchOptions: { excludeReached: true } });
  const sheet = await call.campaigns.preflight({ id, ...defaultLaunchOptions, ...copy.launchOptions });
  expect(sheet).toMatchObject({ total: 5, willSend: 3 });
  expect(counted(sheet.skipped)).toEqual({ already_reached: 2 });
  await call.campaigns.launch({ id, ...defaultLaunchOptions, excludeReached: true });
  expect(await reachedOf(id)).toEqual(contactIds.slice(0, 2).map((contact_id) => ({ contact_id })));

  // a copy of the copy leaves out whom either reached
  await sql`update messages set status = 'delivered' where campaign_id = ${id} and contact_id = ${contactIds[2] ?? 0}`;
  await call.campaigns.cancel({ id });
  const second = await call.campaigns.duplicate({ id });
  await call.campaigns.launch({ id: second.id, ...defaultLaunchOptions, excludeReached: true });
  expect(await reachedOf(second.id)).toEqual(contactIds.slice(0, 3).map((contact_id) => ({ contact_id })));
});

test("the copy of a finished campaign goes to all unless it is chosen otherwise, with a warning", async () => {
  const { call, campaignId } = await stoppedCampaign("completed");
  const { id } = await call.campaigns.duplicate({ id: campaignId });
  expect((await call.campaigns.get({ id })).launchOptions).toEqual(defaultLaunchOptions);
  const sheet = await call.campaigns.preflight({ id, ...defaultLaunchOptions });
  expect(sheet.willSend).toBe(5);
  expect(counted(sheet.warnings)).toMatchObject({ reached: 2 });
});

test("what was taken over is sent again to those the previous system did not reach, by a copy that asks for a template", async () => {
  const { call, campaignId } = await stoppedCampaign("paused", "taken_over");
  await sql`update messages set to_address = null, next_attempt_at = null where campaign_id = ${campaignId}`;
  await sql`update campaigns set content_sid = null where id = ${campaignId}`;
  await expect(call.campaigns.resume({ id: campaignId })).rejects.toThrow("campaign.taken_over");
  const { id } = await call.campaigns.duplicate({ id: campaignId });
  const launch = { id, ...defaultLaunchOptions, ...(await call.campaigns.get({ id })).launchOptions };
  await expect(call.campaigns.launch(launch)).rejects.toThrow("template.not_configured");
  await sql`update campaigns set content_sid = ${`HX${"0".repeat(32)}`} where id = ${id}`;
  expect(await call.campaigns.launch(launch)).toMatchObject({ launched: true });
  const rows =
    await sql`select status, count(*)::int as count from messages where campaign_id = ${id} group by 1 order by 1`;
  expect(rows).toEqual([
    { status: "pending", count: 3 },
    { status: "skipped", count: 2 },
  ]);
});

test("what a campaign is a copy of is kept through scheduling and back, and nobody can choose it", async () => {
  const { call, campaignId } = await stoppedCampaign("cancelled");
  const { id } = await call.campaigns.duplicate({ id: campaignId });
  const env = makeEnv();
  await scheduleCampaign(db, {
    campaignId: id,
    date: "2096-07-01",
    time: "09:30",
    env,
    options: defaultLaunchOptions,
  });
  await unscheduleCampaign(db, { campaignId: id });
  expect((await call.campaigns.get({ id })).isCopy).toBe(true);
  const chosen = { id, ...defaultLaunchOptions, excludeReached: true, copyOf: -1 };
  await call.campaigns.launch(chosen);
  expect(await reachedOf(id)).toHaveLength(2);
  expect(launchOptionNames).not.toContain("copyOf");
});
