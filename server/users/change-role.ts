import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { lockUser } from "#server/users/queries.ts";

type Role = SignedInUser["role"];

/** Gives an account its role and gives back the one before. AppErrors `user.not_found`, `user.last_super_admin`. */
export async function changeRole(
  tx: Transaction,
  { id, role }: { id: number; role: Role },
): Promise<{ role: Role }> {
  const { user, otherSuperAdmins } = await lockUser(tx, id);
  if (role !== "super_admin" && user.role === "super_admin" && user.isActive && otherSuperAdmins === 0) {
    throw new AppError("user.last_super_admin");
  }
  await tx.update(users).set({ role }).where(eq(users.id, id));
  return { role: user.role };
}
