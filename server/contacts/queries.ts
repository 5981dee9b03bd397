// Reading contacts: what a user sees of them, 50 a page.
import { and, count, desc, eq, isNull, max, or, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categoryContacts, contactChanges, contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import { users } from "#db/schema/users.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import type { ContactDetail, ContactPage, ContactRow } from "#server/contacts/views.ts";
import { AppError } from "#server/errors.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

const pageSize = 50;

const rowColumns = {
  id: contacts.id,
  fullNumber: contacts.fullNumber,
  firstName: contacts.firstName,
  lastName: contacts.lastName,
  sandboxJoinedAt: contacts.sandboxJoinedAt,
  sandboxLeftAt: contacts.sandboxLeftAt,
  lastInboundAt: contacts.lastInboundAt,
  optedOutAt: contacts.optedOutAt,
  flag: contacts.flag,
  createdAt: contacts.createdAt,
};

type ListQuery = {
  user: SignedInUser;
  page: number;
  search?: string | null;
  categoryId?: number | null;
};

/**
 * One page of the user's contacts, the newest first. The search finds words of the names, in any order and without
 * regard to case and accents, and numbers by their digits, written with spaces, with +33 or with 0.
 */
export async function listContacts(
  db: Executor,
  { user, page, search, categoryId }: ListQuery,
): Promise<ContactPage> {
  const seen = and(
    isNull(contacts.deletedAt),
    ownedBy(user, contacts.createdBy),
    search ? matching(search) : undefined,
    categoryId ? inCategory(categoryId) : undefined,
  );
  const [totals] = await db.select({ total: count() }).from(contacts).where(seen);
  const found = await db
    .select(rowColumns)
    .from(contacts)
    .where(seen)
    .orderBy(desc(contacts.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const byContact = await categoriesOf(
    db,
    found.map(({ id }) => id),
  );
  const rows: ContactRow[] = found.map((row) => ({ ...row, categories: byContact.get(row.id) ?? [] }));
  return { rows, total: totals?.total ?? 0, page, pageSize };
}

/** One contact with its history since it was last created or revived. AppError `contact.not_found`. */
export async function requireContact(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<ContactDetail> {
  const [contact] = await db
    .select({
      ...rowColumns,
      phoneNumber: contacts.phoneNumber,
      countryCode: contacts.countryCode,
      ownerEmail: users.email,
    })
    .from(contacts)
    .leftJoin(users, eq(users.id, contacts.createdBy))
    .where(and(eq(contacts.id, id), isNull(contacts.deletedAt), ownedBy(user, contacts.createdBy)));
  if (!contact) throw new AppError("contact.not_found");
  const [sent] = await db.select({ count: count() }).from(messages).where(eq(messages.contactId, id));
  return {
    ...contact,
    categories: (await categoriesOf(db, [id])).get(id) ?? [],
    messageCount: sent?.count ?? 0,
    changes: await changesOf(db, id),
  };
}

/** The latest first. What another admin wrote before a contact came back under somebody else is not theirs to see. */
async function changesOf(db: Executor, contactId: number): Promise<ContactDetail["changes"]> {
  const birth = db
    .select({ id: sql`coalesce(${max(contactChanges.id)}, 0)` })
    .from(contactChanges)
    .where(
      and(eq(contactChanges.contactId, contactId), sql`${contactChanges.action} in ('created', 'revived')`),
    );
  return db
    .select({
      id: contactChanges.id,
      at: contactChanges.at,
      action: contactChanges.action,
      userEmail: users.email,
      before: sql<ContactDetail["changes"][number]["before"]>`${contactChanges.before}`,
      after: sql<ContactDetail["changes"][number]["after"]>`${contactChanges.after}`,
    })
    .from(contactChanges)
    .leftJoin(users, eq(users.id, contactChanges.userId))
    .where(and(eq(contactChanges.contactId, contactId), sql`${contactChanges.id} >= (${birth})`))
    .orderBy(desc(contactChanges.id))
    .limit(100);
}

function inCategory(categoryId: number): SQL {
  return sql`exists (select from ${categoryContacts}
    where ${categoryContacts.contactId} = ${contacts.id} and ${categoryContacts.categoryId} = ${categoryId})`;
}

function matching(search: string): SQL | undefined {
  const name = folded(sql`concat_ws(' ', ${contacts.firstName}, ${contacts.lastName})`);
  const words = search.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(/\s+/).filter(Boolean);
  const byName = and(...words.map((word) => sql`${name} like ${`%${escaped(word)}%`}`));
  const digits = /^[\d\s+().-]+$/.test(search) ? search.replace(/\D/g, "").replace(/^0+/, "") : "";
  return digits ? or(byName, sql`${contacts.fullNumber} like ${`%${digits}%`}`) : byName;
}

/** Without case and accents: who searches "helene" finds Hélène. */
function folded(text: SQL): SQL {
  return sql`translate(lower(${text}), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy')`;
}

/** `%` and `_` are letters like others to the person who types them. */
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
