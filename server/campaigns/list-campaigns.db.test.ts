import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeCampaign, makeLaunched } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();

async function madeCampaigns(names: readonly string[]) {
  const office = await callerOf(db);
  const ids: number[] = [];
  for (const name of names) ids.push(await makeCampaign(db, [], { name, createdBy: office.user.id }));
  return { ...office, ids };
}

test("the list is read page by page, forwards and backwards, each campaign once", async () => {
  const { call, user, ids } = await madeCampaigns(["Première"]);
  await sql`insert into campaigns (name, message_1, created_by)
    select 'Campagne ' || n, 'x', ${user.id}::int from generate_series(1, 120) n`;
  const first = await call.campaigns.list({});
  expect([first.rows.length, first.previous, first.total]).toEqual([50, null, 121]);
  const second = await call.campaigns.list({ after: first.next });
  const third = await call.campaigns.list({ after: second.next });
  expect([third.rows.length, third.next]).toEqual([21, null]);
  expect(third.rows.at(-1)?.id).toBe(ids[0]);
  const seen = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(seen).size).toBe(121);
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(await call.campaigns.list({ before: third.previous })).toEqual(second);
  expect(await call.campaigns.list({ before: second.previous })).toMatchObject({
    rows: first.rows,
    next: first.next,
  });
  // beyond the ends: the page at that end
  expect((await call.campaigns.list({ after: 1 })).rows.at(-1)?.id).toBe(ids[0]);
  expect((await call.campaigns.list({ before: 2_000_000_000 })).rows).toEqual(first.rows);
});

test("the list is filtered by words of the name, status and archive", async () => {
  const { call, ids } = await madeCampaigns(["Relance d’été", "Été 100 % remises", "Vœux"]);
  const [, discount, wishes] = ids as [number, number, number];
  await sql`update campaigns set status = 'completed' where id = ${wishes}`;
  const names = async (query: Parameters<typeof call.campaigns.list>[0]) =>
    (await call.campaigns.list(query)).rows.map(({ name }) => name);
  expect(await names({ search: "ETE" })).toEqual(["Été 100 % remises", "Relance d’été"]);
  expect(await names({ search: "remises été" })).toEqual(["Été 100 % remises"]);
  expect(await names({ search: "%" })).toEqual(["Été 100 % remises"]);
  expect(await names({ search: "voeux" })).toEqual(["Vœux"]);
  expect(await names({ status: "completed" })).toEqual(["Vœux"]);
  expect(await names({ status: "draft", search: "remises" })).toEqual(["Été 100 % remises"]);
  await call.campaigns.archive({ id: wishes, archived: true });
  expect(await names({})).toEqual(["Été 100 % remises", "Relance d’été"]);
  expect(await names({ archived: true })).toEqual(["Vœux"]);
  await call.campaigns.archive({ id: wishes, archived: false });
  expect(await names({ archived: true })).toEqual([]);
  await expect(call.campaigns.archive({ id: discount, archived: true })).rejects.toMatchObject({
    message: "campaign.not_archivable",
  });
});

test("a copy is a draft with the same content and audience, and none of the history", async () => {
  const { call, user } = await callerOf(db);
  const { campaignId } = await makeLaunched(db, 3, { createdBy: user.id, name: "Rentrée" });
  await sql`update messages set status = 'read' where campaign_id = ${campaignId}`;
  await sql`update categories set created_by = ${user.id} where id in
    (select category_id from campaign_categories where campaign_id = ${campaignId})`;
  const { id } = await call.campaigns.duplicate({ id: campaignId });
  const [original, copy] = [await call.campaigns.get({ id: campaignId }), await call.campaigns.get({ id })];
  expect(copy).toMatchObject({
    name: "Rentrée (copie)",
    status: "draft",
    totalRecipients: 0,
    sentCount: 0,
    readCount: 0,
    startedAt: null,
    archivedAt: null,
    launchOptions: defaultLaunchOptions,
    isCopy: true,
    ownerEmail: user.email,
  });
  for (const field of ["messageOne", "messageTwo", "variables", "categories", "templateName"] as const) {
    expect(copy[field], field).toEqual(original[field]);
  }
  expect(original.totalRecipients).toBe(3);
  const launched = await call.campaigns.launch({ id });
  expect(launched).toMatchObject({ launched: true });
});

test("a name of full length is cut for its copy", async () => {
  const { call, ids } = await madeCampaigns(["é".repeat(255)]);
  const { id } = await call.campaigns.duplicate({ id: ids[0] ?? 0 });
  expect((await call.campaigns.get({ id })).name).toBe(`${"é".repeat(247)} (copie)`);
});
