import { and, eq } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** Forgets one of the user's own; returns what it was. AppError quick_reply.not_found. */
export async function deleteQuickReply(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<{ shortcut: string; content: string }> {
  const [deleted] = await db
    .delete(quickReplies)
    .where(and(eq(quickReplies.id, id), eq(quickReplies.userId, user.id)))
    .returning({ shortcut: quickReplies.shortcut, content: quickReplies.content });
  if (!deleted) throw new AppError("quick_reply.not_found");
  return deleted;
}
