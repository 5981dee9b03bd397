import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { passwordResets } from "#db/schema/accounts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import { revokeTokensOf } from "#server/users/api-tokens.ts";
import { lockUser } from "#server/users/queries.ts";
import { endSessionsOf } from "#server/users/sessions.ts";

type Activation = { id: number; isActive: boolean };

/**
 * Closes an account, or opens it again; gives back how it stood. Closed, its sessions end at once, and its link for a new
 * password and its API tokens are worth nothing any more, even when it is opened again. AppErrors `user.not_found`,
 * `user.last_super_admin`.
 */
export async function setUserActive(
  tx: Transaction,
  { id, isActive }: Activation,
): Promise<{ isActive: boolean }> {
  const { user, otherSuperAdmins } = await lockUser(tx, id);
  if (!isActive && user.role === "super_admin" && otherSuperAdmins === 0) {
    throw new AppError("user.last_super_admin");
  }
  await tx.update(users).set({ isActive }).where(eq(users.id, id));
  if (!isActive) {
    await endSessionsOf(tx, { userId: id });
    await revokeTokensOf(tx, id);
    await tx.delete(passwordResets).where(eq(passwordResets.userId, id));
  }
  return { isActive: user.isActive };
}
