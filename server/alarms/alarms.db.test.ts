import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { currentAlarms } from "#server/alarms/queries.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeCampaign, makeContact, makeEnv } from "#server/testing/factories.ts";

const { db } = await testDatabase();
const env = makeEnv();

/** A worker that wrote its heartbeat so many seconds ago. */
const heartbeat = (seconds: number) =>
  db.execute(sql`insert into workers (id, hostname, pid, heartbeat_at)
    values (gen_random_uuid(), 'test', 1, now() - ${seconds} * interval '1 second')`);

const kinds = async () => (await currentAlarms(db)).map(({ kind }) => kind);

beforeEach(async () => {
  await db.execute(sql`truncate workers, messages, campaigns, senders, webhook_events cascade`);
});

test("no heartbeat for 30 seconds is red, and one of before then is not", async () => {
  expect(await currentAlarms(db)).toEqual([{ kind: "worker_silent", seconds: null }]);
  await heartbeat(25);
  expect(await kinds()).toEqual([]);
  await db.execute(sql`update workers set heartbeat_at = now() - interval '40 seconds'`);
  expect(await currentAlarms(db)).toEqual([{ kind: "worker_silent", seconds: 40 }]);
});

test("a worker that has just stopped in good order is no alarm yet", async () => {
  await heartbeat(5);
  await db.execute(sql`update workers set stopped_at = now()`);
  expect(await kinds()).toEqual([]);
});

async function launched(): Promise<number> {
  const campaignId = await makeCampaign(db, [await makeContact(db)]);
  await launchCampaign(db, { campaignId, env });
  return campaignId;
}

/** Moves the launch of a campaign, and the free slot before it, into the past. */
async function since(seconds: number): Promise<void> {
  const ago = sql`${seconds} * interval '1 second'`;
  await db.execute(sql`update messages set next_attempt_at = now() - ${ago}`);
  await db.execute(sql`update senders set next_slot_at = now() - ${ago}`);
}

test("work that is due with a free slot for 30 seconds is red", async () => {
  await heartbeat(1);
  await launched();
  expect(await kinds()).toEqual([]);
  await since(45);
  expect(await currentAlarms(db)).toEqual([{ kind: "work_waiting", seconds: 45 }]);
  // what Twilio calls about messages sent before is no sign that others go out
  await db.execute(sql`update campaigns set delivered_count = delivered_count + 1`);
  expect(await kinds()).toEqual(["work_waiting"]);
});

test("slots that are far apart, a campaign that has just been resumed and one that is paused are no alarm", async () => {
  await heartbeat(1);
  const campaignId = await launched();
  await since(300);
  await db.execute(sql`update senders set next_slot_at = now() - interval '10 seconds'`);
  expect(await kinds()).toEqual([]);
  await since(300);
  const { call } = await callerOf(db, "super_admin");
  await call.campaigns.pause({ id: campaignId });
  expect(await kinds()).toEqual([]);
  await call.campaigns.resume({ id: campaignId });
  expect(await kinds()).toEqual([]);
  await db.execute(sql`alter table audit_log disable trigger user`);
  await db.execute(sql`update audit_log set at = now() - interval '50 seconds'`);
  await db.execute(sql`alter table audit_log enable trigger user`);
  expect(await kinds()).toEqual(["work_waiting"]);
});

test("a paused sender is red with its reason, and then waiting work is no second alarm", async () => {
  await heartbeat(1);
  await launched();
  await since(60);
  await db.execute(sql`update senders set pause_reason = 'account', paused_at = now()`);
  expect(await currentAlarms(db)).toEqual([{ kind: "sender_paused", reason: "account" }]);
});

const stored = (seconds: number, applied: boolean) =>
  db.execute(sql`insert into webhook_events (kind, verdict, url, raw_body, params, received_at, applied_at)
    values ('status', 'accepted', '', '', '{}', now() - ${seconds} * interval '1 second', ${applied ? sql`now()` : null})`);

test("accepted events that are not applied for 30 seconds are red", async () => {
  await heartbeat(1);
  await stored(500, true);
  await stored(5, false);
  expect(await kinds()).toEqual([]);
  await stored(90, false);
  expect(await currentAlarms(db)).toEqual([{ kind: "events_unapplied", count: 2, seconds: 90 }]);
});

test("a database that lacks a migration is red", async () => {
  await heartbeat(1);
  await db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at - 86400000`);
  try {
    expect(await kinds()).toEqual(["schema_behind"]);
  } finally {
    await db.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + 86400000`);
  }
});
