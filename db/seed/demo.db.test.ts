import { expect, test } from "vitest";
import { demoAdmin, seedDemo } from "#db/seed/demo.ts";
import { demoNumbers } from "#db/seed/demo-people.ts";
import { testDatabase } from "#db/testing/test-database.ts";
import { ensureTemplates } from "#server/templates/ensure-templates.ts";
import { makeContext } from "#server/testing/caller.ts";
import { createCaller } from "#server/trpc/root.ts";
import { authenticate } from "#server/users/authenticate.ts";

const { db, sql } = await testDatabase();

test("the demo story is told once, and what was made of it stays", async () => {
  await Promise.all([seedDemo(db), seedDemo(db)]);
  await sql`delete from contacts where full_number = ${demoNumbers[0] as string}`;
  await seedDemo(db);
  const [counts] = await sql`select (select count(*)::int from users) as users,
    (select count(*)::int from contacts) as contacts, (select count(*)::int from categories) as categories`;
  expect(counts).toEqual({ users: 2, contacts: demoNumbers.length - 1, categories: 4 });
  expect(new Set(demoNumbers).size).toBe(demoNumbers.length);
});

test("its admins sign in, and its draft can be launched once the default template has a SID", async () => {
  await ensureTemplates(db, { defaultContentSid: `HX${"a".repeat(32)}` });
  const user = await authenticate(db, { ...demoAdmin, ip: "192.0.2.1" });
  const call = createCaller(makeContext(db, user));
  const [draft] = (await call.campaigns.list({})).rows;
  expect(draft).toMatchObject({ name: "Code de rentrée", status: "draft" });
  expect(await call.campaigns.launch({ id: draft?.id ?? 0 })).toMatchObject({
    launched: true,
    recipients: 13,
  });
  const claire = await authenticate(db, { ...demoAdmin, email: "claire@relance.test", ip: "192.0.2.1" });
  const ofClaire = createCaller(makeContext(db, claire));
  expect((await ofClaire.contacts.list({})).total).toBe(6);
  expect((await ofClaire.campaigns.list({})).total).toBe(0);
});
