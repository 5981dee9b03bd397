import { eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { unknownSenderMessages, unknownSenders } from "#db/schema/webhooks.ts";
import { keywordOf } from "#server/domain/opt-out.ts";

/** Whether the last word of an unknown sender that says so is a STOP; `address` is their `From`. */
export async function strangerOptedOut(db: Executor, address: string): Promise<boolean> {
  const written = await db
    .select({ content: unknownSenderMessages.content })
    .from(unknownSenderMessages)
    .innerJoin(unknownSenders, eq(unknownSenders.id, unknownSenderMessages.unknownSenderId))
    .where(eq(unknownSenders.address, address))
    .orderBy(unknownSenderMessages.receivedAt, unknownSenderMessages.id);
  const wishes = written.map(({ content }) => keywordOf(content));
  return wishes.findLast((wish) => wish === "stop" || wish === "start") === "stop";
}
