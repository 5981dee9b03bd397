import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { passwordResets } from "#db/schema/accounts.ts";
import { users } from "#db/schema/users.ts";
import { revokeTokensOf } from "#server/users/api-tokens.ts";
import { lockUser } from "#server/users/queries.ts";
import { endSessionsOf } from "#server/users/sessions.ts";

type NewPassword = {
  id: number;
  passwordHash: string;
  /** the session that goes on, when its owner changes the password themselves */
  keep?: { token: string; secret: string } | undefined;
};

/**
 * Stores a new password and ends what led to the old one: its sessions, and a link not used yet; unless its owner changes
 * it themselves, their API tokens too. AppError `user.not_found`.
 */
export async function setPassword(
  tx: Transaction,
  { id, passwordHash, keep }: NewPassword,
): Promise<{ email: string }> {
  const { user } = await lockUser(tx, id);
  await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
  await tx.delete(passwordResets).where(eq(passwordResets.userId, id));
  await endSessionsOf(tx, { userId: id, keep });
  // whoever changes it in a session sees the tokens on the same page, and may revoke them there
  if (!keep) await revokeTokensOf(tx, id);
  return { email: user.email };
}
