// Links by which somebody gives themselves a new password. A super admin makes one and hands it on; no mail server takes
// part. Only the hash of its token is kept.
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { passwordResets } from "#db/schema/accounts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import { lockUser } from "#server/users/queries.ts";
import { setPassword } from "#server/users/set-password.ts";

const validHours = 24;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/**
 * A token good for 24 hours and one new password; one made before is worth nothing any more. The old password stays good
 * until then. AppError `user.not_found`, for closed accounts too.
 */
export async function createResetLink(
  tx: Transaction,
  { id }: { id: number },
): Promise<{ token: string; email: string; expiresAt: Date }> {
  const { user } = await lockUser(tx, id);
  if (!user.isActive) throw new AppError("user.not_found");
  const token = randomBytes(32).toString("base64url");
  const fresh = {
    tokenHash: hashOf(token),
    createdAt: sql`now()`,
    expiresAt: sql`now() + ${validHours} * interval '1 hour'`,
  };
  const [made] = await tx
    .insert(passwordResets)
    .values({ userId: id, ...fresh })
    .onConflictDoUpdate({ target: passwordResets.userId, set: fresh })
    .returning({ expiresAt: passwordResets.expiresAt });
  if (!made) throw new Error("the link could not be stored");
  return { token, email: user.email, expiresAt: made.expiresAt };
}

/** Whose link this is, or null for one that is used, replaced, too old or nobody's. */
export async function findReset(
  db: Executor,
  { token }: { token: string },
): Promise<{ userId: number; email: string } | null> {
  const [found] = await db
    .select({ userId: users.id, email: users.email })
    .from(passwordResets)
    .innerJoin(users, eq(users.id, passwordResets.userId))
    .where(
      and(
        eq(passwordResets.tokenHash, hashOf(token)),
        gt(passwordResets.expiresAt, sql`now()`),
        sql`${users.isActive} is not false`,
      ),
    );
  return found ?? null;
}

/**
 * Gives the link's account its new password, ends its sessions and API tokens, and uses the link up. The second factor stays.
 * AppError `user.reset_link_invalid`.
 */
export async function useResetLink(
  tx: Transaction,
  { token, passwordHash }: { token: string; passwordHash: string },
): Promise<{ userId: number }> {
  const found = await findReset(tx, { token });
  // whoever deletes it has it, of two at the same time
  const used = await tx
    .delete(passwordResets)
    .where(eq(passwordResets.tokenHash, hashOf(token)))
    .returning({ userId: passwordResets.userId });
  if (!found || used.length === 0) throw new AppError("user.reset_link_invalid");
  await setPassword(tx, { id: found.userId, passwordHash });
  return { userId: found.userId };
}
