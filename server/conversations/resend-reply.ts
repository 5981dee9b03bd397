import type { Executor } from "#db/client.ts";
import { findReply } from "#server/conversations/find-reply.ts";
import { type QueuedReply, queueReply, type ReplySettings } from "#server/conversations/queue-reply.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/**
 * Says a reply that failed once more, as a new message: what became of the first one stays on record. Once, however often
 * it is pressed, and by whom. AppErrors message.not_found, message.not_retryable, and those of `queueReply`.
 */
export async function resendReply(
  db: Executor,
  { user, env, id }: { user: SignedInUser; env: ReplySettings; id: number },
): Promise<QueuedReply & { contactId: number }> {
  return db.transaction(async (tx) => {
    const failed = await findReply(tx, { user, id });
    if (failed.status !== "failed") throw new AppError("message.not_retryable");
    const { contactId } = failed;
    const queued = await queueReply(tx, {
      user,
      env,
      id: contactId,
      dedupeKey: `again:${id}`,
      text: failed.content,
      contentSid: failed.contentSid,
      contentVariables: failed.contentVariables,
    });
    return { ...queued, contactId };
  });
}
