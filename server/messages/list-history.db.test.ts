import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeCampaign, makeContact, makeContacts, makeLaunched } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();

async function admin(recipients: number, role: "admin" | "super_admin" = "admin") {
  const { user, call } = await callerOf(db, role);
  const made = await makeLaunched(db, recipients, { createdBy: user.id });
  const list = async (filters: Parameters<typeof call.messages.list>[0] = {}) =>
    (await call.messages.list(filters)).rows.map(({ id }) => id);
  return { user, call, list, ...made };
}

test("the history has the newest messages of all campaigns first, fifty a page, forth and back", async () => {
  const { user, call, messageIds } = await admin(60);
  const later = await makeLaunched(db, 20, { createdBy: user.id });
  const newestFirst = [...messageIds, ...later.messageIds].reverse();
  const first = await call.messages.list({});
  expect(first.rows.map(({ id }) => id)).toEqual(newestFirst.slice(0, 50));
  expect(first).toMatchObject({ previous: null, total: 80, totalIsMore: false });
  expect(first.rows[0]).toMatchObject({ campaign: { id: later.campaignId }, type: "message_1" });
  const second = await call.messages.list({ after: first.next });
  expect(second.rows.map(({ id }) => id)).toEqual(newestFirst.slice(50));
  expect(second.next).toBeNull();
  expect(await call.messages.list({ before: second.previous })).toEqual(first);
  expect(await call.messages.list({ before: newestFirst[10] })).toEqual(first);
});

test("pages go on where they ended when many campaigns wrote by turns", async () => {
  const { user, call } = await callerOf(db);
  const contactIds = await makeContacts(db, 3);
  const campaigns = [];
  for (let nr = 0; nr < 60; nr += 1) campaigns.push(await makeCampaign(db, [], { createdBy: user.id }));
  await sql`insert into messages (campaign_id, contact_id, content)
    select c, k, 'x' from unnest(${contactIds}::int[]) k, unnest(${campaigns}::int[]) c`;
  const seen: number[] = [];
  for (let after: number | null | undefined; after !== null; ) {
    const page = await call.messages.list({ after });
    seen.push(...page.rows.map(({ id }) => id));
    after = page.next;
  }
  const all = await sql`select id from messages where campaign_id = any(${campaigns}) order by id desc`;
  expect(seen).toEqual(all.map(({ id }) => id));
});

test("an admin sees the messages of their own campaigns and what they wrote outside any; a super admin all but deleted campaigns'", async () => {
  const claire = await admin(2);
  const other = await admin(2);
  const boss = await callerOf(db, "super_admin");
  const [mine, theirs] = await sql`insert into messages (content, created_by)
    values ('seul', ${claire.user.id}), ('seul', ${other.user.id}) returning id`;
  expect(await claire.list()).toEqual([mine?.id, ...claire.messageIds.toReversed()]);
  expect(await claire.list({ search: "seul" })).toEqual([mine?.id]);
  expect(await claire.list({ campaignId: other.campaignId })).toEqual([]);
  expect(await claire.list({ search: "code", campaignId: other.campaignId })).toEqual([]);
  const all = async () => (await boss.call.messages.list({})).rows.map(({ id }) => id);
  expect(await all()).toEqual(
    expect.arrayContaining([theirs?.id, ...claire.messageIds, ...other.messageIds]),
  );
  await sql`update campaigns set deleted_at = now() where id = ${other.campaignId}`;
  expect(await other.list()).toEqual([theirs?.id]);
  expect(await other.list({ search: "code" })).toEqual([]);
  expect(await all()).not.toContain(other.messageIds[0]);
});

test("filters by status, campaign and error, together too", async () => {
  const { user, call, list, messageIds, campaignId } = await admin(4);
  const [one = 0, two = 0, three = 0] = messageIds;
  await sql`update messages set status = 'failed', error_code = 63015, failed_at = now() where id in (${one}, ${two})`;
  await sql`update messages set status = 'failed', error_code = 30008, failed_at = now() where id = ${three}`;
  const second = await makeLaunched(db, 1, { createdBy: user.id });
  expect(await list({ status: "failed" })).toEqual([three, two, one]);
  expect(await list({ errorCode: 63015 })).toEqual([two, one]);
  expect(await list({ campaignId: second.campaignId })).toEqual(second.messageIds);
  expect(await list({ campaignId: second.campaignId, status: "failed" })).toEqual([]);
  expect(await list({ status: "pending", errorCode: 63015 })).toEqual([]);
  const choices = await call.messages.choices();
  expect(choices.errorCodes).toEqual([30008, 63015]);
  expect(choices.campaigns.map(({ id }) => id)).toEqual([second.campaignId, campaignId]);
  const stranger = await callerOf(db);
  expect(await stranger.call.messages.choices()).toEqual({ campaigns: [], errorCodes: [], reasons: [] });
});

test("filters by what we found ourselves, and by what was said without a code", async () => {
  const { list, call, messageIds, campaignId } = await admin(5);
  const [closed = 0, refused = 0, said = 0, coded = 0, skipped = 0] = messageIds;
  await sql`update messages set status = 'failed', reason = 'window_closed' where id = ${closed}`;
  await sql`update messages set status = 'failed', error_message = 'ECONNREFUSED' where id = ${refused}`;
  await sql`update messages set status = 'failed', error_message = 'Numéro éteint' where id = ${said}`;
  await sql`update messages set status = 'failed', error_code = 63015, error_message = 'ECONNREFUSED' where id = ${coded}`;
  await sql`update messages set status = 'skipped', reason = 'window_closed' where id = ${skipped}`;
  const choices = await call.messages.choices();
  expect(choices.reasons.toSorted()).toEqual(["ECONNREFUSED", "Numéro éteint", "window_closed"]);
  expect(choices.errorCodes).toEqual([63015]);
  for (const [reason, id] of [
    ["window_closed", closed],
    ["ECONNREFUSED", refused],
    ["Numéro éteint", said],
  ] as const) {
    expect(await list({ reason }), reason).toEqual([id]);
    expect(await list({ reason, campaignId, status: "failed" }), reason).toEqual([id]);
    expect(
      (await call.exports.messages({ reason })).rows.map((row) => row.id),
      reason,
    ).toEqual([id]);
    expect(await call.messages.list({ reason })).toMatchObject({ total: 1 });
  }
  expect(await list({ reason: "window_closed", status: "skipped" })).toEqual([]);
  expect(await list({ reason: "window_closed", errorCode: 63015 })).toEqual([]);
  const boss = await callerOf(db, "super_admin");
  const everybodys = await boss.call.messages.list({ reason: "Numéro éteint" });
  expect(everybodys.rows.map(({ id }) => id)).toEqual([said]);
});

test("any campaign can be chosen by a part of its name, however many are newer", async () => {
  const { user, call, campaignId } = await admin(1);
  await sql`update campaigns set name = 'Vœux d’Hélène' where id = ${campaignId}`;
  await sql`insert into campaigns (name, message_1, created_by, total_recipients)
    select 'Lot ' || n, 'x', ${user.id}::int, 1 from generate_series(1, 250) n`;
  const newest = (await call.messages.choices()).campaigns.map(({ id }) => id);
  expect(newest).toHaveLength(200);
  expect(newest).not.toContain(campaignId);
  expect(await call.messages.campaigns({ search: "helene voeux" })).toEqual([
    { id: campaignId, name: "Vœux d’Hélène" },
  ]);
  expect((await call.messages.choices({ campaignId })).campaigns[0]?.id).toBe(campaignId);
  const chosen = await call.messages.choices({ errorCode: 12345 });
  expect(chosen.errorCodes).toEqual([12345]);
  const { call: stranger } = await callerOf(db);
  expect((await stranger.messages.choices({ campaignId })).campaigns).toEqual([]);
  expect(await stranger.messages.campaigns({ search: "helene" })).toEqual([]);
});

test("a period has the days of the display time zone, the last one included", async () => {
  const { list, campaignId } = await admin(4);
  // in Paris, winter: an hour ahead of UTC
  const moments = ["2026-01-09 22:59", "2026-01-09 23:00", "2026-01-10 22:59", "2026-01-10 23:00"];
  const made = await sql`insert into messages (campaign_id, content, created_at)
    select ${campaignId}, 'x', at::timestamp from unnest(${moments}::text[]) with ordinality u (at, nr) order by nr
    returning id`;
  // made in the order of their times, as the ledger is
  await sql`update messages set created_at = '2026-01-01' where campaign_id = ${campaignId} and created_at > '2026-02-01'`;
  await sql`update messages set created_at = '2025-01-01' where campaign_id <> ${campaignId}`;
  const [, from, to, after] = made.map(({ id }) => id as number);
  expect(await list({ from: "2026-01-10", to: "2026-01-10" })).toEqual([to, from]);
  expect(await list({ from: "2026-01-11" })).toEqual([after]);
  expect(await list({ to: "2025-12-31" })).toEqual([]);
});

test("words of the text are found without case and accents, from their beginnings, all of them", async () => {
  const { list, campaignId } = await admin(1);
  const texts = [
    "Votre Été à Nice",
    "votre hiver à nice",
    "Voir https://example.org/offre",
    "Un rendez-vous ?",
  ];
  const made = await sql`insert into messages (campaign_id, content)
    select ${campaignId}, t from unnest(${texts}::text[]) with ordinality u (t, nr) order by nr returning id`;
  const [summer, winter, link, meeting] = made.map(({ id }) => id as number);
  expect(await list({ search: "ete" })).toEqual([summer]);
  expect(await list({ search: "VOTRE nice" })).toEqual([winter, summer]);
  expect(await list({ search: "nice hiv" })).toEqual([winter]);
  expect(await list({ search: "example.org/offre" })).toEqual([link]);
  expect(await list({ search: "rendez-vous" })).toEqual([meeting]);
  expect(await list({ search: "nulle part" })).toEqual([]);
  for (const nothing of ["?", "%", "'", "' | !", "\\", "<->"])
    expect(await list({ search: nothing })).not.toContain(summer);
});

test("messages are found by the contact's name and number", async () => {
  const { user, list, campaignId } = await admin(1);
  const contactId = await makeContact(db, {
    firstName: "Hélène",
    lastName: "de La Tour",
    fullNumber: "+33639981234",
    createdBy: user.id,
  });
  const [made] = await sql`insert into messages (campaign_id, contact_id, content)
    values (${campaignId}, ${contactId}, 'Bonjour') returning id`;
  for (const search of ["helene", "la tour", "Hélène tour", "06 39 98 12 34", "+33 6 39 98 12"])
    expect(await list({ search }), search).toEqual([made?.id]);
  for (const search of ["helene dupont", "_elene", "06 39 98 99"]) expect(await list({ search })).toEqual([]);
  await sql`update contacts set deleted_at = now() where id = ${contactId}`;
  expect(await list({ search: "helene" })).toEqual([]);
});

test("one or two letters find the beginnings of names, however far back, and the file has what the page shows", async () => {
  const { user, list, call, campaignId } = await admin(1);
  const name = { firstName: "Wu", lastName: "Yé-Zan", createdBy: user.id };
  const contactId = await makeContact(db, name);
  const later = await makeContact(db, { firstName: "Élise", lastName: "Qowak", createdBy: user.id });
  const [first] = await sql`insert into messages (campaign_id, contact_id, content)
    values (${campaignId}, ${contactId}, 'Bonjour') returning id`;
  await sql`insert into messages (campaign_id, content) select ${campaignId}, 'Bonjour' from generate_series(1, 1200)`;
  const [last] = await sql`insert into messages (campaign_id, contact_id, content)
    values (${campaignId}, ${later}, 'Bonjour') returning id`;
  const file = async (search: string) => (await call.exports.messages({ search })).rows.map(({ id }) => id);
  for (const [search, found] of [
    ["wu", [first?.id]],
    ["w", [first?.id]],
    ["ye", [first?.id]],
    ["é", [last?.id]],
    ["WU ye", [first?.id]],
    ["qo", [last?.id]],
    // inside of a name, not its beginning
    ["ow", []],
    ["owak", [last?.id]],
  ] as const) {
    expect(await list({ search }), search).toEqual(found);
    expect(await file(search), search).toEqual(found);
  }
});

test("what lies behind the newest few hundred messages is found too, and pages of a search go on", async () => {
  const { list, call, campaignId } = await admin(1);
  await sql`insert into messages (campaign_id, content) select ${campaignId}, 'Rareté ' || n from generate_series(1, 120) n`;
  await sql`insert into messages (campaign_id, content) select ${campaignId}, 'Bonjour' from generate_series(1, 500)`;
  const first = await call.messages.list({ search: "rareté" });
  expect(first).toMatchObject({ total: 50, totalIsMore: true });
  const second = await list({ search: "rareté", after: first.next });
  const third = await list({ search: "rareté", after: second.at(-1) });
  expect(new Set([...first.rows.map(({ id }) => id), ...second, ...third]).size).toBe(120);
  expect((await call.messages.list({ search: "rareté", before: third[0] })).rows.map(({ id }) => id)).toEqual(
    second,
  );
  expect(await list({ search: "Rareté 7", status: "sent" })).toEqual([]);
  expect((await call.messages.list({ search: "bonjour" })).rows).toHaveLength(50);
});

test("counts end at a thousand", async () => {
  const { call, campaignId } = await admin(1);
  await sql`insert into messages (campaign_id, content) select ${campaignId}, 'x' from generate_series(1, 1500)`;
  expect(await call.messages.list({})).toMatchObject({ total: 1000, totalIsMore: true });
  const boss = await callerOf(db, "super_admin");
  expect(await boss.call.messages.list({})).toMatchObject({ total: 1000, totalIsMore: true });
});
