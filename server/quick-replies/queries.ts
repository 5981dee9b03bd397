import { asc, eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** A user's own, in the order of their shortcuts; nobody else's, whatever the role. */
export async function listQuickReplies(
  db: Executor,
  { user }: { user: SignedInUser },
): Promise<QuickReplyRow[]> {
  return db
    .select({ id: quickReplies.id, shortcut: quickReplies.shortcut, content: quickReplies.content })
    .from(quickReplies)
    .where(eq(quickReplies.userId, user.id))
    .orderBy(asc(quickReplies.shortcut));
}
