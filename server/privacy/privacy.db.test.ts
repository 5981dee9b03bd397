import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { queryRows } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { recordAudit } from "#server/audit/record.ts";
import { launchCampaign } from "#server/campaigns/launch-campaign.ts";
import { formatPhone, whatsappAddress } from "#server/domain/phone.ts";
import { runImport } from "#server/imports/run-import.ts";
import { eraseContact } from "#server/privacy/erase-contact.ts";
import { eraseDeleted } from "#server/privacy/erase-deleted.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import { callerOf } from "#server/testing/caller.ts";
import { accepted, answer, claimAll, claimNext, makeSenderEnv, makeSid } from "#server/testing/engine.ts";
import { makeCampaign, makeEnv } from "#server/testing/factories.ts";
import { inboundForm, statusForm, webhookOf } from "#server/testing/webhooks.ts";

const { db } = await testDatabase();

const person = { firstName: "Zéphyrine", lastName: "Quatremère" };
const words = ["Zéphyrine", "Quatremère", "Oui avec plaisir", "Ma réponse à la main"];

let count = 0;

/** A contact with a whole story: sent to, delivered, answered, written to by hand, imported, edited. */
async function makePerson(role: "admin" | "super_admin" = "admin") {
  count += 1;
  const number = `+3363998${String(count).padStart(4, "0")}`;
  const { user, call } = await callerOf(db, role);
  const { id } = await call.contacts.create({ number, country: "FR", categoryIds: [], ...person });
  const env = makeSenderEnv();
  const campaignId = await makeCampaign(db, [id], { createdBy: user.id });
  await launchCampaign(db, { campaignId, env });
  const [row] = await db.select().from(messages).where(eq(messages.campaignId, campaignId));
  const senderId = row?.senderId as number;
  const claim = await claimNext(db, senderId);
  const sid = makeSid();
  await answer(db, { ...claim, senderId }, accepted(sid));
  const { post } = webhookOf(db, { TWILIO_SANDBOX_NUMBER: env.twilioSandboxNumber });
  const query = `?attempt=${claim.attemptId}`;
  await post(statusForm(sid, "delivered", `whatsapp:${number}`), { query });
  await post(inboundForm(number, "Oui avec plaisir", { ProfileName: "Zéphyrine" }));
  await call.conversations.reply({ id, key: randomUUID(), text: "Ma réponse à la main" });
  await call.contacts.update({
    id,
    number,
    country: "FR",
    categoryIds: [],
    ...person,
    firstName: "Zéphyrine-Anne",
  });
  await db.execute(sql`
    with made as (insert into imports (status, settings, created_by)
      values ('done', ${JSON.stringify({ samples: [[number, "Zéphyrine"]] })}::jsonb, ${user.id}::int) returning id)
    insert into import_rows (import_id, line, cells, full_number, first_name, last_name, contact_id)
    select id, 2, array[${number}::text, 'Zéphyrine'], ${number}::text, 'Zéphyrine', 'Quatremère', ${id}::int from made`);
  return { id, number, user, call, campaignId, senderId, env, post };
}

/** Another admin sends a test to a number. */
async function tryOn(number: string): Promise<void> {
  const { user, call } = await callerOf(db);
  const id = await makeCampaign(db, [], { createdBy: user.id });
  await call.campaigns.sendTest({ id, number, country: null });
}

/** Every place of the database in which one of the words still stands. */
async function whereStill(sought: readonly string[]): Promise<string[]> {
  const tables = await queryRows<{ name: string }>(
    db,
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    for (const word of sought) {
      const rows = await queryRows(
        db,
        sql`select from ${sql.identifier(name)} t where to_jsonb(t)::text ilike ${`%${word}%`} limit 1`,
      );
      if (rows.length > 0) found.push(`${name}: ${word}`);
    }
  }
  return found;
}

/** Lines of the audit log about a contact that say one of the words. */
async function toldInAudit(id: number, sought: readonly string[]): Promise<number> {
  const lines = await queryRows<{ line: string }>(
    db,
    sql`select a::text as line from audit_log a where subject_id = ${String(id)} and action not like 'category.%'`,
  );
  return lines.filter(({ line }) => sought.some((word) => line.includes(word))).length;
}

test("the file of a contact holds their card, messages, answers, changes and the calls about them", async () => {
  const { id, number, call } = await makePerson();
  const file = await call.contacts.exportData({ id });
  expect(file).toMatchObject({ complete: true, contact: { fullNumber: number, lastName: "Quatremère" } });
  expect(file.messages.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["message_1", "message_2", "reply"]),
  );
  expect(file.answers).toEqual([expect.objectContaining({ content: "Oui avec plaisir" })]);
  expect(file.changes.map(({ action }) => action)).toEqual(["created", "updated"]);
  expect(file.calls.map(({ kind }) => kind)).toEqual(["status", "inbound"]);
  expect(
    await queryRows(
      db,
      sql`select from audit_log where action = 'contact.exported' and subject_id = ${String(id)}`,
    ),
  ).toHaveLength(1);
});

test("an admin's file leaves out what another admin's campaign sent, and says so", async () => {
  const { id, call } = await makePerson();
  const other = await callerOf(db);
  const foreign = await makeCampaign(db, [id], { createdBy: other.user.id });
  await launchCampaign(db, { campaignId: foreign, env: makeSenderEnv() });
  expect((await call.contacts.exportData({ id })).complete).toBe(false);
  const boss = await callerOf(db, "super_admin");
  expect((await boss.call.contacts.exportData({ id })).complete).toBe(true);
  await expect(other.call.contacts.exportData({ id })).rejects.toThrow("contact.not_found");
  await expect(other.call.contacts.erase({ id })).rejects.toThrow("contact.not_found");
});

test("the file of a contact who came back holds no call about what was another admin's", async () => {
  const { id, number, call, post } = await makePerson();
  const next = await callerOf(db);
  await call.contacts.delete({ id });
  const back = { number, country: "FR", categoryIds: [], firstName: null, lastName: null };
  expect(await next.call.contacts.create(back)).toEqual({ id, revived: true });
  const file = async () => JSON.stringify(await next.call.contacts.exportData({ id }));
  expect(await file()).not.toMatch(/Oui avec plaisir|delivered/);
  await post(inboundForm(number, "Bonjour"));
  expect(JSON.parse(await file()).calls).toMatchObject([{ kind: "inbound", params: { Body: "Bonjour" } }]);
});

test("after an erasure nothing in the whole database says who it was, and what was counted stays counted", async () => {
  await db.execute(
    sql`truncate contacts, messages, campaigns, interactions, webhook_events, imports, unknown_senders cascade`,
  );
  const { id, number, call, campaignId, post } = await makePerson();
  await tryOn(number);
  // of a message that somebody sent from Twilio's console
  await post(statusForm(makeSid(), "delivered", `whatsapp:${number}`));
  const before = await call.campaigns.get({ id: campaignId });
  const sought = [number, number.slice(1), ...words];
  // the lines of the audit log about other people of this file are told apart by their subject
  const placesBut = async () => (await whereStill(sought)).filter((place) => !place.startsWith("audit_log"));
  expect((await placesBut()).length).toBeGreaterThan(10);
  expect(await toldInAudit(id, sought)).toBeGreaterThan(0);
  await call.contacts.erase({ id });
  expect(await placesBut()).toEqual([]);
  expect(await toldInAudit(id, sought)).toBe(0);
  const after = await call.campaigns.get({ id: campaignId });
  expect(after).toEqual(before);
  expect((await proveLedger(db, { campaignId })).checks.filter(({ rows }) => rows.length > 0)).toEqual([]);
});

/** Of sessions of this database, those that wait for another's rows. */
async function waitingForALock(): Promise<number | undefined> {
  const [waiting] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting?.count;
}

test("who writes at the moment of their erasure is a stranger, and nothing to them is claimed meanwhile", async () => {
  const { id, number, user, senderId, env, post } = await makePerson();
  const { writing } = await db.transaction(async (tx) => {
    await eraseContact(tx, { user, id, env });
    expect(await claimAll(db, senderId)).toEqual([]);
    const writing = post(inboundForm(number, "Encore moi"));
    await vi.waitFor(async () => expect(await waitingForALock()).toBe(1), { timeout: 10_000 });
    return { writing };
  });
  await writing;
  expect(await queryRows(db, sql`select from interactions where content = 'Encore moi'`)).toEqual([]);
  expect(
    await queryRows(db, sql`select from unknown_sender_messages where content = 'Encore moi'`),
  ).toHaveLength(1);
});

test("a line that still waits in an import does not come back, nor does it stop the import", async () => {
  const { id, number, user, call, env } = await makePerson();
  const waiting = "+33639989998";
  const [made] = await queryRows<{ id: number }>(
    db,
    sql`with made as (insert into imports (status, settings, created_by)
        values ('importing', '{"categoryIds": []}', ${user.id}::int) returning id), lines as (
      insert into import_rows (import_id, line, verdict, cells, full_number, country_code, national_number)
        select id, n, 'accepted', array[number], number, '+33', substr(number, 4)
        from made, (values (2, ${number}::text), (3, ${waiting}::text)) v(n, number))
      select id from made`,
  );
  await call.contacts.erase({ id });
  await runImport(db, made?.id as number, env);
  const verdicts = await queryRows<{ verdict: string }>(
    db,
    sql`select verdict from import_rows where import_id = ${made?.id} order by line`,
  );
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(["refused", "accepted"]);
  const added = await db.select().from(contacts).where(eq(contacts.fullNumber, waiting));
  expect(added).toHaveLength(1);
});

test("what waited for an erased contact is never sent, nor is what another admin tries on their number", async () => {
  const { id, number, call } = await makePerson();
  await tryOn(number);
  const waiting = await queryRows<{ id: number; senderId: number }>(
    db,
    sql`select id, sender_id as "senderId" from messages where status = 'pending'
      and to_address = ${whatsappAddress(number)}`,
  );
  expect(waiting).toHaveLength(3);
  await call.contacts.erase({ id });
  for (const message of waiting) expect(await claimAll(db, message.senderId)).not.toContain(message.id);
  const rows = await db.select().from(messages).where(eq(messages.contactId, id));
  expect(rows.map(({ status, reason }) => (status === "skipped" ? reason : status)).sort()).toEqual([
    "contact_deleted",
    "contact_deleted",
    "contact_deleted",
    "delivered",
  ]);
});

test("a contact whose message is on its way is not erased", async () => {
  const { id, call, senderId } = await makePerson();
  await claimNext(db, senderId);
  await expect(call.contacts.erase({ id })).rejects.toThrow("contact.in_flight");
});

test("a number that was erased and comes back by hand or by a file is silent, and no other is", async () => {
  const { id, number, call } = await makePerson();
  await call.contacts.erase({ id });
  const again = await call.contacts.create({ number, country: "FR", categoryIds: [], ...person });
  expect(again.revived).toBe(false);
  const other = await call.contacts.create({
    number: "+33639989999",
    country: "FR",
    categoryIds: [],
    ...person,
  });
  const optedOut = async (one: number) => (await call.contacts.get({ id: one })).optedOutAt !== null;
  expect([await optedOut(again.id), await optedOut(other.id)]).toEqual([true, false]);
  const history = await call.contacts.history({ id: again.id });
  expect(history.items).toContainEqual(expect.objectContaining({ action: "opted_out" }));
});

test("who was erased and writes START as a stranger is no longer silent", async () => {
  const { id, number, call, post } = await makePerson();
  await call.contacts.erase({ id });
  await post(inboundForm(number, "START"));
  const again = await call.contacts.create({ number, country: "FR", categoryIds: [], ...person });
  expect((await call.contacts.get({ id: again.id })).optedOutAt).toBeNull();
});

test("the words by which an erased person was searched for leave the audit log, those for others stay", async () => {
  const { id, number, call } = await makePerson();
  const searches = ["quatremère z", formatPhone(number).replace("+33 ", "0"), "Sow"];
  for (const search of searches) {
    const after = { choice: { filter: { search } }, count: 1 };
    await recordAudit(db, { userId: null, ip: null, action: "contacts.categorised", subjectId: 1, after });
  }
  await call.contacts.erase({ id });
  const lines = await queryRows<{ search: string }>(
    db,
    sql`select after #>> '{choice,filter,search}' as search from audit_log
      where action = 'contacts.categorised' order by id`,
  );
  expect(lines.map(({ search }) => search)).toEqual(["…", "…", "Sow"]);
});

test("contacts deleted longer ago than is configured are erased, the number of an opt-out remembered", async () => {
  const silent = await makePerson();
  const plain = await makePerson();
  const recent = await makePerson();
  await silent.call.contacts.optOut({ id: silent.id, reason: "au téléphone" });
  for (const { id, call } of [silent, plain, recent]) await call.contacts.delete({ id });
  await db.execute(
    sql`update contacts set deleted_at = now() - interval '100 days' where id in (${silent.id}, ${plain.id})`,
  );
  expect(await eraseDeleted(db, { env: makeEnv() })).toBe(0);
  expect(await eraseDeleted(db, { env: makeEnv({ DELETED_CONTACTS_KEPT_DAYS: "90" }) })).toBe(2);
  const kept = await db.select().from(contacts).where(eq(contacts.id, recent.id));
  expect(kept[0]?.fullNumber).toBe(recent.number);
  const { call } = silent;
  const back = async (number: string) => {
    const { id } = await call.contacts.create({ number, country: "FR", categoryIds: [], ...person });
    return (await call.contacts.get({ id })).optedOutAt !== null;
  };
  expect([await back(silent.number), await back(plain.number)]).toEqual([true, false]);
});
