import { expect, test } from "vitest";
import { testDatabase } from "#db/testing/test-database.ts";
import { callerOf } from "#server/testing/caller.ts";
import { makeCampaign, makeContact } from "#server/testing/factories.ts";

const { db, sql } = await testDatabase();
const [claire, other, boss] = [await callerOf(db), await callerOf(db), await callerOf(db, "super_admin")];
const createdBy = claire.user.id;
const contactId = await makeContact(db, {
  firstName: "Hélène",
  lastName: "Dupont-Œuvrard",
  fullNumber: "+33639981234",
  createdBy,
});
const campaignId = await makeCampaign(db, [], { name: "Vœux d’Hélène", createdBy });

test("names and numbers are found as one types them", async () => {
  const found = async (text: string) => {
    const { campaigns, contacts } = await claire.call.search.everything({ text });
    return [campaigns.map(({ id }) => id), contacts.map(({ id }) => id)];
  };
  expect(await found("helene")).toEqual([[campaignId], [contactId]]);
  expect(await found("DUPONT hél")).toEqual([[], [contactId]]);
  for (const number of ["06 39 98 12 34", "+33 6 39 98 12 34", "9812"]) {
    expect(await found(number), number).toEqual([[], [contactId]]);
  }
  for (const nothing of ["", "   ", "%", "_", "inconnue"]) {
    expect(await found(nothing), nothing).toEqual([[], []]);
  }
});

test("nobody finds what is not theirs, or was deleted; a super admin finds everybody's", async () => {
  expect(await other.call.search.everything({ text: "helene" })).toEqual({ campaigns: [], contacts: [] });
  expect((await boss.call.search.everything({ text: "helene" })).contacts).toHaveLength(1);
  await sql`update contacts set deleted_at = now() where id = ${contactId}`;
  await sql`update campaigns set deleted_at = now() where id = ${campaignId}`;
  expect(await boss.call.search.everything({ text: "helene" })).toEqual({ campaigns: [], contacts: [] });
});

test("no more than a handful of each, the newest first", async () => {
  for (let n = 0; n < 8; n++) await makeCampaign(db, [], { name: `Lot ${n}`, createdBy });
  const { campaigns } = await claire.call.search.everything({ text: "lot" });
  expect(campaigns.map(({ name }) => name)).toEqual(["Lot 7", "Lot 6", "Lot 5", "Lot 4", "Lot 3", "Lot 2"]);
});
