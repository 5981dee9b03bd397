import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { categories } from "#db/schema/contacts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";

type Named = { ownerId: number | null; name: string; exceptId?: number };

/**
 * AppError `category.name_taken` when the owner has another category of this name, whatever its case. Two at once wait
 * for each other at the owner's row: the tables taken over hold doubles, so no constraint can decide it.
 */
export async function refuseNameTaken(
  tx: Transaction,
  { ownerId, name, exceptId = 0 }: Named,
): Promise<void> {
  if (ownerId !== null) {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, ownerId)).for("no key update");
  }
  const [same] = await tx
    .select({ id: categories.id })
    .from(categories)
    .where(
      and(
        ownerId === null ? isNull(categories.createdBy) : eq(categories.createdBy, ownerId),
        sql`lower(${categories.name}) = lower(${name})`,
        ne(categories.id, exceptId),
      ),
    )
    .limit(1);
  if (same) throw new AppError("category.name_taken");
}
