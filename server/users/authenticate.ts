import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { verifyPassword } from "#server/users/password.ts";
import { attemptSucceeded, beginAttempt, type SignInAttempt } from "#server/users/sign-in-lock.ts";

export type Credentials = Pick<SignInAttempt, "email" | "ip"> & {
  password: string;
  userAgent?: string | null;
};

/**
 * The user of these credentials, whom nobody signs in by it: who is signed in proves anew who they are. A wrong password
 * counts as a failed sign-in. AppErrors as of `checkPassword`.
 */
export async function authenticate(db: Executor, credentials: Credentials): Promise<SignedInUser> {
  const { user, attemptId } = await checkPassword(db, { ...credentials, kind: "confirmation" });
  await attemptSucceeded(db, attemptId);
  return user;
}

type Checked = { user: SignedInUser; passwordHash: string; attemptId: number };

/**
 * The user of these credentials, and the attempt, which is a failure until it is said what became of it. A wrong password,
 * an unknown e-mail and a deactivated account are answered alike (`auth.invalid_credentials`) and after equally long; too
 * many failures with `auth.locked`. The case of the e-mail does not matter.
 */
export async function checkPassword(
  db: Executor,
  { email, password, ip, userAgent = null, kind }: Credentials & Pick<SignInAttempt, "kind">,
): Promise<Checked> {
  const address = email.trim().toLowerCase();
  const attemptId = await beginAttempt(db, { email: address, ip, userAgent, kind });
  const [user] = await db
    .select()
    .from(users)
    .where(sql`lower(${users.email}) = ${address}`)
    .orderBy(users.id)
    .limit(1);
  const matches = await verifyPassword(password, user?.passwordHash ?? null);
  if (!user || !matches || user.isActive === false) throw new AppError("auth.invalid_credentials");
  const { id, role, passwordHash } = user;
  return { user: { id, email: user.email, role }, passwordHash, attemptId };
}
