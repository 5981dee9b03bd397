import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type NewUser = { email: string; passwordHash: string; role: SignedInUser["role"] };

/** Stores a new account. AppError `user.email_taken`, whatever the case of the letters. */
export async function createUser(
  db: Executor,
  { email, passwordHash, role }: NewUser,
): Promise<{ id: number }> {
  const address = email.trim().toLowerCase();
  const [existing] = await db
    .select({ id: users.id })
    .from(users)
    .where(sql`lower(${users.email}) = ${address}`);
  if (existing) throw new AppError("user.email_taken");
  const [created] = await db
    .insert(users)
    .values({ email: address, passwordHash, role })
    .onConflictDoNothing()
    .returning({ id: users.id });
  if (!created) throw new AppError("user.email_taken");
  return created;
}
