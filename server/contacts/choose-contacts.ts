import { and, inArray, sql } from "drizzle-orm";
import { queryRows, type Transaction } from "#db/client.ts";
import { c, foundContacts, type Hours } from "#server/contacts/find-contacts.ts";
import type { ContactChoice } from "#server/domain/inputs.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type ChosenContacts = { user: SignedInUser; env: Hours; choice: ContactChoice };

/**
 * The user's contacts among those chosen, nobody else changing them until the transaction ends. One that is not theirs, or
 * gone meanwhile, is simply not among them.
 */
export async function lockChosen(tx: Transaction, { user, env, choice }: ChosenContacts): Promise<number[]> {
  const filter = "filter" in choice ? choice.filter : {};
  const found = and(
    foundContacts({ user, env, filter }),
    "ids" in choice ? inArray(c.id, choice.ids) : undefined,
  );
  const rows = await queryRows<{ id: number }>(
    tx,
    sql`select c.id from contacts c where ${found} order by c.id for update`,
  );
  return rows.map(({ id }) => id);
}

/** Any number of ids as one parameter of a query. */
export function idArray(ids: readonly number[]) {
  return sql`${`{${ids.join(",")}}`}::int[]`;
}
