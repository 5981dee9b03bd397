// A campaign ready to be launched, with people of its own.
import { randomBytes } from "node:crypto";
import { between, max } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { createCampaign } from "#server/campaigns/create-campaign.ts";
import { createCategory } from "#server/categories/create-category.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { makeContact } from "#server/testing/factories.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Recipients = {
  campaignId: number;
  categoryId: number;
  contactIds: number[];
  /** E.164, in the order of the people */
  numbers: string[];
};

/** A draft of the default template, "Your Relance code is <first name>", to contacts with these first names. */
export async function makeDraft(
  db: Database,
  user: SignedInUser,
  { people, messageTwo = null }: { people: readonly string[]; messageTwo?: string | null },
): Promise<Recipients> {
  const name = `Essai ${randomBytes(3).toString("hex")}`;
  const { id: categoryId } = await createCategory(db, { user, name, color: "#3f8f5a" });
  const [contactIds, numbers]: [number[], string[]] = [[], []];
  for (const firstName of people) {
    const number = await freeNumber(db);
    const contact = { user, number, country: "FR", firstName, lastName: null, categoryIds: [categoryId] };
    contactIds.push((await createContact(db, contact)).id);
    numbers.push(number);
  }
  const { id: campaignId } = await createCampaign(db, {
    user,
    name,
    categoryIds: [categoryId],
    templateId: null,
    variables: {
      "1": { type: "literal", value: "Relance" },
      "2": { type: "field", field: "firstName", fallback: "client" },
    },
    messageTwo,
  });
  return { campaignId, categoryId, contactIds, numbers };
}

/** Two run at once, each with a thousand numbers of its own. */
const first = 33639988000 + 1000 * (Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 2);

/** Of the upper end of the range reserved for fiction, and of no other contact. */
export async function freeNumber(db: Database): Promise<string> {
  const [last] = await db
    .select({ number: max(contacts.fullNumber) })
    .from(contacts)
    .where(between(contacts.fullNumber, `+${first}`, `+${first + 999}`));
  return last?.number ? `+${Number(last.number) + 1}` : `+${first}`;
}

/** A contact with a free number, as it stands in the database. */
export async function makePerson(db: Database, values: Parameters<typeof makeContact>[1]): Promise<number> {
  return makeContact(db, { fullNumber: await freeNumber(db), ...values });
}
