// The story `npm run demo` and the browser tests begin with.
import { eq, inArray, sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { users } from "#db/schema/users.ts";
import { type DemoCategoryName, demoCategories, demoNumbers, demoPeople } from "#db/seed/demo-people.ts";
import { createCampaign } from "#server/campaigns/create-campaign.ts";
import { createCategory } from "#server/categories/create-category.ts";
import { createContact } from "#server/contacts/create-contact.ts";
import { ensureTemplates } from "#server/templates/ensure-templates.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { hashPassword } from "#server/users/password.ts";

export const demoAdmin = { email: "admin@relance.test", password: "relance-demo" };
const claireEmail = "claire@relance.test";

type Owners = { admin: SignedInUser; claire: SignedInUser };
type CategoryIds = Record<DemoCategoryName, number>;

/**
 * Puts a super admin, the admin Claire (same password), four categories, 24 contacts and a draft into the database. Does
 * nothing where the super admin is already: what people have made of the story is theirs.
 */
export async function seedDemo(
  db: Database,
  { email, password }: { email: string; password: string } = demoAdmin,
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('relance.demo'))`);
    const seeded = await tx.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (seeded.length > 0) return;
    await ensureTemplates(tx, { defaultContentSid: null });
    const owners = {
      admin: await addUser(tx, { email, passwordHash, role: "super_admin" }),
      claire: await addUser(tx, { email: claireEmail, passwordHash, role: "admin" }),
    };
    const categoryIds = await addCategories(tx, owners);
    await addPeople(tx, { owners, categoryIds });
    await addDraft(tx, { user: owners.admin, categoryIds });
  });
}

async function addUser(
  tx: Transaction,
  values: { email: string; passwordHash: string; role: SignedInUser["role"] },
): Promise<SignedInUser> {
  const [user] = await tx.insert(users).values(values).returning({ id: users.id });
  if (!user) throw new Error("the user could not be stored");
  return { id: user.id, email: values.email, role: values.role };
}

async function addCategories(tx: Transaction, owners: Owners): Promise<CategoryIds> {
  const ids: Partial<CategoryIds> = {};
  for (const { name, color, owner } of demoCategories) {
    ids[name] = (await createCategory(tx, { user: owners[owner], name, color })).id;
  }
  return ids as CategoryIds;
}

async function addPeople(
  tx: Transaction,
  { owners, categoryIds }: { owners: Owners; categoryIds: CategoryIds },
): Promise<void> {
  const joined: number[] = [];
  for (const [index, { categories, firstName, lastName, ...person }] of demoPeople.entries()) {
    const { id } = await createContact(tx, {
      user: categories.includes("Prospects salon") ? owners.claire : owners.admin,
      number: demoNumbers[index] as string,
      country: "FR",
      firstName,
      lastName,
      categoryIds: categories.map((name) => categoryIds[name]),
    });
    if (person.joined) joined.push(id);
  }
  await tx
    .update(contacts)
    .set({ sandboxJoinedAt: sql`now()`, lastInboundAt: sql`now()` })
    .where(inArray(contacts.id, joined));
}

async function addDraft(
  tx: Transaction,
  { user, categoryIds }: { user: SignedInUser; categoryIds: CategoryIds },
): Promise<void> {
  await createCampaign(tx, {
    user,
    name: "Code de rentrée",
    categoryIds: [categoryIds["Clients fidèles"], categoryIds["Nouveaux inscrits"]],
    templateId: null,
    variables: {
      "1": { type: "literal", value: "Maison Lumen" },
      "2": { type: "literal", value: "RENTREE10" },
    },
    messageTwo:
      "Merci de votre réponse ! Votre code RENTREE10 donne 10 % jusqu’à dimanche : https://www.example.com/rentree\n" +
      "Une question ? Écrivez-nous ici même.",
  });
}
