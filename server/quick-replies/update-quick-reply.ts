import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { AppError } from "#server/errors.ts";
import { refuseShortcutTaken } from "#server/quick-replies/refuse-shortcut-taken.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Update = { user: SignedInUser; id: number; shortcut: string; content: string };

/** Rewrites one of the user's own. AppErrors quick_reply.not_found, quick_reply.shortcut_taken. */
export async function updateQuickReply(db: Executor, { user, id, shortcut, content }: Update): Promise<void> {
  const [updated] = await refuseShortcutTaken(() =>
    db
      .update(quickReplies)
      .set({ shortcut, content, updatedAt: sql`now()` })
      .where(and(eq(quickReplies.id, id), eq(quickReplies.userId, user.id)))
      .returning({ id: quickReplies.id }),
  );
  if (!updated) throw new AppError("quick_reply.not_found");
}
