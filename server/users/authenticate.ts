import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { verifyPassword } from "#server/users/password.ts";
import { attemptSucceeded, beginAttempt } from "#server/users/sign-in-lock.ts";

type Credentials = { email: string; password: string; ip: string };

/**
 * The user of these credentials. A wrong password, an unknown e-mail and a deactivated account are answered alike
 * (`auth.invalid_credentials`) and after equally long; too many failures with `auth.locked`. The case of the e-mail does
 * not matter.
 */
export async function authenticate(
  db: Executor,
  { email, password, ip }: Credentials,
): Promise<SignedInUser> {
  const address = email.trim().toLowerCase();
  const attemptId = await beginAttempt(db, { email: address, ip });
  const [user] = await db
    .select()
    .from(users)
    .where(sql`lower(${users.email}) = ${address}`)
    .orderBy(users.id)
    .limit(1);
  const matches = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !matches || user.isActive === false) throw new AppError("auth.invalid_credentials");
  await attemptSucceeded(db, attemptId);
  return { id: user.id, email: user.email, role: user.role };
}
