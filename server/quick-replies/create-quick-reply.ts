import type { Executor } from "#db/client.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { refuseShortcutTaken } from "#server/quick-replies/refuse-shortcut-taken.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type NewQuickReply = { user: SignedInUser; shortcut: string; content: string };

/** Keeps a text behind a shortcut. AppError quick_reply.shortcut_taken. */
export async function createQuickReply(
  db: Executor,
  { user, shortcut, content }: NewQuickReply,
): Promise<{ id: number }> {
  const [made] = await refuseShortcutTaken(() =>
    db.insert(quickReplies).values({ userId: user.id, shortcut, content }).returning({ id: quickReplies.id }),
  );
  if (!made) throw new Error("the quick reply could not be stored");
  return made;
}
