import { sql as raw } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeContacts } from "#server/testing/factories.ts";

const { db } = await testDatabase();

test("an audience counts each contact once, and apart those a launch would set aside", async () => {
  const { call } = await callerOf(db);
  const { id: first } = await call.categories.create({ name: "Clients", color: "#22aa66" });
  const { id: second } = await call.categories.create({ name: "Presse", color: "#3366cc" });
  const both = await makeContacts(db, 2);
  const [optedOut] = await makeContacts(db, 1, { optedOutAt: new Date() });
  const now = new Date();
  const [left] = await makeContacts(db, 1, { sandboxLeftAt: now, lastInboundAt: now });
  const [deleted] = await makeContacts(db, 1, { deletedAt: new Date() });
  for (const contactId of [...both, optedOut, left, deleted]) {
    await db.execute(
      raw`insert into category_contacts (category_id, contact_id) values (${first}, ${contactId})`,
    );
  }
  await db.execute(
    raw`insert into category_contacts (category_id, contact_id) values (${second}, ${both[0]})`,
  );
  expect(await call.campaigns.audience({ categoryIds: [first, second] })).toMatchObject({
    recipients: 2,
    excluded: 2,
    samples: both.map((id) => ({ id })),
  });
});

test("[EX-9.3] an audience says how many of its recipients are not known to be in the sandbox", async () => {
  const { call } = await callerOf(db);
  const { id: categoryId } = await call.categories.create({ name: "Sandbox", color: "#22aa66" });
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const [joined, expired, unknown, left] = [
    await makeContacts(db, 1, { sandboxJoinedAt: ago(1), lastInboundAt: ago(1) }),
    await makeContacts(db, 1, { sandboxJoinedAt: ago(80), lastInboundAt: ago(80) }),
    await makeContacts(db, 1),
    await makeContacts(db, 1, { sandboxJoinedAt: ago(5), sandboxLeftAt: ago(1) }),
  ];
  for (const contactId of [joined, expired, unknown, left].flat()) {
    await db.execute(
      raw`insert into category_contacts (category_id, contact_id) values (${categoryId}, ${contactId})`,
    );
  }
  expect(await call.campaigns.audience({ categoryIds: [categoryId] })).toMatchObject({
    recipients: 3,
    excluded: 1,
    notJoined: 2,
  });
});

test("categories of another admin count as empty", async () => {
  const { call } = await callerOf(db);
  const { id } = await call.categories.create({ name: "À moi", color: "#22aa66" });
  const [contactId] = await makeContacts(db, 1);
  await db.execute(raw`insert into category_contacts (category_id, contact_id) values (${id}, ${contactId})`);
  const { call: other } = await callerOf(db);
  expect(await other.campaigns.audience({ categoryIds: [id] })).toEqual({
    recipients: 0,
    excluded: 0,
    notJoined: 0,
    samples: [],
  });
});
