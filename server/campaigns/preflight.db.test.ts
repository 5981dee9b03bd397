// The sheet before a launch tells what the launch then does.
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { preflight } from "#server/campaigns/preflight.ts";
import { defaultLaunchOptions, type LaunchOptions } from "#server/domain/launch-options.ts";
import { makeSenderEnv } from "#server/testing/engine.ts";
import { makeCampaign, makeContact, makeContacts, makeLaunched } from "#server/testing/factories.ts";

const { db } = await testDatabase();
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** One contact of each kind, and one to whom another campaign is on its way. */
async function everyKind(env = makeSenderEnv()) {
  const other = await makeLaunched(db, 1, {}, env);
  const ids = [
    await makeContact(db, { flag: "duplicate" }),
    await makeContact(db, { optedOutAt: ago(1) }),
    await makeContact(db, { sandboxLeftAt: ago(1) }),
    await makeContact(db, { sandboxJoinedAt: ago(100) }),
    await makeContact(db, { sandboxJoinedAt: ago(70) }),
    await makeContact(db, { sandboxJoinedAt: ago(1), firstName: "Zoé", countryCode: "+49" }),
    await makeContact(db),
    ...other.contactIds,
  ];
  return makeCampaign(db, ids);
}

const byReason = (counts: { reason: string; count: number }[]) =>
  Object.fromEntries(counts.map(({ reason, count }) => [reason, count]));

for (const [what, patch, skipped] of [
  ["by default", {}, { contact_flagged: 1, opted_out: 1, not_in_sandbox: 1 }],
  ["those who left included", { includeLeft: true }, { contact_flagged: 1, opted_out: 1 }],
  [
    "all exclusions chosen",
    { excludeExpired: true, excludeUnknown: true, excludeBusy: true },
    { contact_flagged: 1, opted_out: 1, not_in_sandbox: 1, membership_expired: 1, membership_unknown: 2 },
  ],
  [
    "only who waits for another campaign",
    { excludeBusy: true },
    { contact_flagged: 1, opted_out: 1, not_in_sandbox: 1, in_running_campaign: 1 },
  ],
] as const) {
  test(`(${what}) it counts per reason exactly what the launch skips`, async () => {
    const env = makeSenderEnv();
    const campaignId = await everyKind(env);
    const options: LaunchOptions = { ...defaultLaunchOptions, ...patch };
    const sheet = await preflight(db, { campaignId, options, env });
    expect(sheet.total).toBe(8);
    expect(byReason(sheet.skipped)).toEqual(skipped);
    await launchCampaign(db, { campaignId, env, options });
    const rows = await db.select().from(messages).where(eq(messages.campaignId, campaignId));
    expect(rows).toHaveLength(sheet.total);
    expect(rows.filter(({ status }) => status === "pending")).toHaveLength(sheet.willSend);
    const reasons = rows.flatMap(({ reason }) => (reason === null ? [] : [reason]));
    expect(
      byReason(
        sheet.skipped.map(({ reason }) => ({ reason, count: reasons.filter((r) => r === reason).length })),
      ),
    ).toEqual(byReason(sheet.skipped));
  });
}

test("[EX-9.3] it warns of whom it would send to although the sandbox may refuse them, or another campaign writes to them", async () => {
  const env = makeSenderEnv();
  const sheet = await preflight(db, { campaignId: await everyKind(env), options: defaultLaunchOptions, env });
  expect(byReason(sheet.warnings)).toEqual({ expired: 1, expiring: 1, unknown: 2, busy: 1 });
});

test("[EX-2.3] it takes one interval per message, behind those that wait already", async () => {
  const env = makeSenderEnv({ SEND_INTERVAL_MS: "3000" });
  await makeLaunched(db, 4, {}, env);
  const campaignId = await makeCampaign(db, await makeContacts(db, 10));
  const sheet = await preflight(db, { campaignId, options: defaultLaunchOptions, env });
  expect(sheet).toMatchObject({ ahead: 4, durationMs: 30_000, intervalMs: 3000 });
  expect(sheet.finishesAt.getTime() - sheet.startsAt.getTime()).toBe(42_000);
});

test("the cost is a range over the countries of those it would send to", async () => {
  const env = makeSenderEnv();
  const ids = [
    ...(await makeContacts(db, 2)),
    await makeContact(db, { countryCode: "+49" }),
    await makeContact(db, { optedOutAt: ago(1) }),
  ];
  const { cost } = await preflight(db, {
    campaignId: await makeCampaign(db, ids),
    options: defaultLaunchOptions,
    env,
  });
  expect(cost.unknownCountry).toBe(1);
  expect(cost.lowUsd).toBeCloseTo(2 * 0.0221 + 0.0058, 6);
  expect(cost.highUsd).toBeCloseTo(2 * 0.0642 + 0.1647, 6);
});

test("three real contacts show what they would read; what would refuse the launch is named", async () => {
  const env = makeSenderEnv();
  const ids = [
    await makeContact(db, { optedOutAt: ago(1) }),
    await makeContact(db, { firstName: "Zoé" }),
    ...(await makeContacts(db, 4)),
  ];
  const campaignId = await makeCampaign(db, ids);
  const sheet = await preflight(db, { campaignId, options: defaultLaunchOptions, env });
  expect(sheet.previews).toHaveLength(3);
  expect(sheet.previews[0]).toMatchObject({ firstName: "Zoé", text: "Your Relance code is Zoé" });
  expect(sheet.problem).toBeNull();
  const unfilled = await makeCampaign(db, [await makeContact(db)], { variables: {} });
  expect(
    (await preflight(db, { campaignId: unfilled, options: defaultLaunchOptions, env })).problem,
  ).toMatchObject({
    code: "campaign.variable_invalid",
    meta: { variable: "1", problem: "missing" },
  });
});
