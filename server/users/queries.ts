import { desc, eq, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { twoFactors } from "#db/schema/accounts.ts";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { idleSince } from "#server/users/sessions.ts";
import type { UserRow } from "#server/users/views.ts";

/** Every account, those in use first. */
export async function listUsers(db: Executor): Promise<UserRow[]> {
  const isActive = sql<boolean>`${users.isActive} is not false`;
  const found = await db
    .select({
      id: users.id,
      email: users.email,
      role: users.role,
      isActive,
      createdAt: users.createdAt,
      lastSeenAt: sql`greatest(max(${sessions.lastSeenAt}), (select max(at) from audit_log
        where audit_log.user_id = ${users.id} and audit_log.action = 'auth.signed_in'))`.mapWith(
        sessions.lastSeenAt,
      ),
      openSessions: sql<number>`(count(*) filter (where ${sessions.lastSeenAt} > ${idleSince}))::int`,
      hasTwoFactor: sql<boolean>`exists (select from ${twoFactors} where ${twoFactors.userId} = ${users.id}
        and ${twoFactors.confirmedAt} is not null)`,
    })
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))
    .groupBy(users.id)
    .orderBy(desc(isActive), users.email);
  return found;
}

type LockedUser = Pick<SignedInUser, "id" | "email" | "role"> & { isActive: boolean };

/**
 * An account nobody else changes until the transaction ends, and how many other super admins are in use: all of them are
 * locked too, so that two who remove each other at the same time do not both succeed. AppError `user.not_found`.
 */
export async function lockUser(
  tx: Transaction,
  id: number,
): Promise<{ user: LockedUser; otherSuperAdmins: number }> {
  const locked = await tx
    .select({
      id: users.id,
      email: users.email,
      role: users.role,
      isActive: sql<boolean>`${users.isActive} is not false`,
    })
    .from(users)
    .where(sql`${users.id} = ${id} or ${users.role} = 'super_admin'`)
    .orderBy(users.id)
    .for("update");
  const user = locked.find((one) => one.id === id);
  if (!user) throw new AppError("user.not_found");
  const others = locked.filter((one) => one.id !== id && one.role === "super_admin" && one.isActive);
  return { user, otherSuperAdmins: others.length };
}
