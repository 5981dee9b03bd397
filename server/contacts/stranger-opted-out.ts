import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { unknownSenders } from "#db/schema/webhooks.ts";

/** Whether somebody who is no contact said STOP and nothing else since; `address` is their `From`. */
export async function strangerOptedOut(db: Executor, address: string): Promise<boolean> {
  const stopped = await db
    .select({ id: unknownSenders.id })
    .from(unknownSenders)
    .where(
      and(
        eq(unknownSenders.address, address),
        isNull(unknownSenders.contactId),
        isNotNull(unknownSenders.optedOutAt),
      ),
    );
  return stopped.length > 0;
}
