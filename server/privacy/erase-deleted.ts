import { and, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { messages } from "#db/schema/messages.ts";
import type { Env } from "#server/env.ts";
import { eraseLocked } from "#server/privacy/erase-contact.ts";

const batchSize = 100;

type Retention = { env: Pick<Env, "erasureKey" | "deletedContactsKeptDays">; stopping?: AbortSignal };

/**
 * Erases the contacts that were deleted longer ago than is configured, a batch a transaction; none when nothing is. The
 * number of one who had opted out is remembered as a hash, that of another is not. Returns how many it erased.
 */
export async function eraseDeleted(db: Database, { env, stopping }: Retention): Promise<number> {
  const { deletedContactsKeptDays: days } = env;
  if (days === null) return 0;
  for (let erased = 0; ; ) {
    const count = await db.transaction(async (tx) => {
      const inFlight = tx
        .select({ one: sql`1` })
        .from(messages)
        .where(
          and(
            sql`${messages.contactId} = ${contacts.id}`,
            inArray(messages.status, ["sending", "uncertain"]),
          ),
        );
      const due = await tx
        .select({ id: contacts.id, optedOutAt: contacts.optedOutAt })
        .from(contacts)
        .where(
          and(
            isNull(contacts.erasedAt),
            sql`${contacts.deletedAt} < now() - ${days} * interval '1 day'`,
            sql`not exists ${inFlight}`,
          ),
        )
        .limit(batchSize)
        .for("update", { skipLocked: true });
      let done = 0;
      for (const { id, optedOutAt } of due) {
        if (await eraseLocked(tx, { id, env, keepHash: optedOutAt !== null })) done += 1;
      }
      return done;
    });
    erased += count;
    if (count < batchSize || stopping?.aborted) return erased;
  }
}
