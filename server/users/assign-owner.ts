import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { categories, contacts } from "#db/schema/contacts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";

export type OwnedSubject = "contact" | "campaign" | "category";

type Assignment = { subject: OwnedSubject; id: number; ownerId: number };

/**
 * Gives a contact, campaign or category to the admin who manages it from now on: the previous system left some to
 * nobody. Gives back whose it was, null for nobody's. What was sent stays where it was counted. For super admins.
 * AppErrors: `user.not_found` (closed accounts too), and the subject's `…not_found`.
 */
export async function assignOwner(
  tx: Transaction,
  { subject, id, ownerId }: Assignment,
): Promise<{ ownerId: number | null }> {
  const [owner] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, ownerId), sql`${users.isActive} is not false`))
    .for("key share");
  if (!owner) throw new AppError("user.not_found");
  const before = await previousOwner(tx, subject, id);
  if (!before) throw new AppError(`${subject}.not_found`);
  const createdBy = ownerId;
  if (subject === "contact") await tx.update(contacts).set({ createdBy }).where(eq(contacts.id, id));
  else if (subject === "campaign") await tx.update(campaigns).set({ createdBy }).where(eq(campaigns.id, id));
  else await tx.update(categories).set({ createdBy }).where(eq(categories.id, id));
  return before;
}

async function previousOwner(
  tx: Transaction,
  subject: OwnedSubject,
  id: number,
): Promise<{ ownerId: number | null } | undefined> {
  if (subject === "contact") {
    const there = and(eq(contacts.id, id), isNull(contacts.deletedAt));
    const [found] = await tx
      .select({ ownerId: contacts.createdBy })
      .from(contacts)
      .where(there)
      .for("update");
    return found;
  }
  if (subject === "campaign") {
    const there = and(eq(campaigns.id, id), isNull(campaigns.deletedAt));
    const [found] = await tx
      .select({ ownerId: campaigns.createdBy })
      .from(campaigns)
      .where(there)
      .for("update");
    return found;
  }
  const [found] = await tx
    .select({ ownerId: categories.createdBy })
    .from(categories)
    .where(eq(categories.id, id))
    .for("update");
  return found;
}
