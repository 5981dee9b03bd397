import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { queryRows, type Transaction } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { interactions } from "#db/schema/messages.ts";
import { recordChange } from "#server/contacts/record-change.ts";
import { keywordOf } from "#server/domain/opt-out.ts";
import type { Env } from "#server/env.ts";
import { numberHashSql } from "#server/privacy/number-hash.ts";

type Silenced = {
  env: Pick<Env, "erasureKey">;
  /** of the rows `c` of contacts that have just got their number */
  which: SQL;
};

/**
 * Opts out those contacts whose number was erased before, in the transaction that gave it to them: whoever had themselves
 * erased is not written to again because a list with their number is imported once more. Unless their own START came with
 * them, written as a stranger since; later it, or an admin with a reason, lifts this as any other opt-out.
 */
export async function keepErasedSilent(tx: Transaction, { env, which }: Silenced): Promise<void> {
  const known = await queryRows<{ id: number }>(
    tx,
    sql`
    select c.id from contacts c join erased_numbers e on e.hash = ${numberHashSql(env.erasureKey, sql`c.full_number`)}
    where ${which} and c.opted_out_at is null and c.deleted_at is null`,
  );
  if (known.length === 0) return;
  const wishing = await startedAgain(
    tx,
    known.map(({ id }) => id),
  );
  for (const { id } of known) {
    if (wishing.has(id)) continue;
    await tx
      .update(contacts)
      .set({ optedOutAt: sql`now()` })
      .where(and(eq(contacts.id, id), isNull(contacts.optedOutAt)));
    await recordChange(tx, {
      contactId: id,
      userId: null,
      action: "opted_out",
      after: { reason: "erased_before" },
    });
  }
}

/** Of these contacts, those whose last word about messages is START. */
async function startedAgain(tx: Transaction, ids: number[]): Promise<Set<number>> {
  const written = await tx
    .select({ contactId: interactions.contactId, content: interactions.content })
    .from(interactions)
    .where(inArray(interactions.contactId, ids))
    .orderBy(asc(interactions.receivedAt), asc(interactions.id));
  const wishes = new Map<number, string>();
  for (const { contactId, content } of written) {
    const wish = keywordOf(content ?? "");
    if (contactId !== null && (wish === "stop" || wish === "start")) wishes.set(contactId, wish);
  }
  return new Set([...wishes].flatMap(([id, wish]) => (wish === "start" ? [id] : [])));
}
