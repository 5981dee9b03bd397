import type { Executor } from "#db/client.ts";
import { findReply } from "#server/conversations/find-reply.ts";
import { AppError } from "#server/errors.ts";
import { lockMessage, moveMessage } from "#server/messages/locked-message.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/**
 * Takes back a reply that has not gone: it waits for its slot, for a retry, or for a sender that Twilio refuses, such as
 * a trial account's, which would refuse it again each time. AppErrors message.not_found, message.not_cancellable.
 */
export async function cancelReply(
  db: Executor,
  { user, id }: { user: SignedInUser; id: number },
): Promise<{ contactId: number }> {
  return db.transaction(async (tx) => {
    const { contactId } = await findReply(tx, { user, id });
    const locked = await lockMessage(tx, id);
    if (locked?.message.status !== "pending") throw new AppError("message.not_cancellable");
    await moveMessage(tx, locked, { cause: "cancel", to: "cancelled", data: { userId: user.id } });
    return { contactId };
  });
}
