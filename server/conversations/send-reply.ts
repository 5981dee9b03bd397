import type { Executor } from "#db/client.ts";
import { type QueuedReply, queueReply, type ReplySettings } from "#server/conversations/queue-reply.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type FreeText = { user: SignedInUser; env: ReplySettings; id: number; key: string; text: string };

/** Replies to a contact in one's own words, while the window is open (`queueReply`). */
export async function sendReply(db: Executor, { text, key, ...reply }: FreeText): Promise<QueuedReply> {
  const dedupeKey = `reply:${reply.user.id}:${key}`;
  return db.transaction((tx) =>
    queueReply(tx, { ...reply, dedupeKey, text, contentSid: null, contentVariables: null }),
  );
}
