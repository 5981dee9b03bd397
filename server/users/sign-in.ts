// Signing in: a password, and a code where the account has a second factor. Between the two there is no session.
import { createHmac, timingSafeEqual } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import { type Credentials, checkPassword } from "#server/users/authenticate.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import {
  attemptSucceeded,
  beginAttempt,
  forgetAttempt,
  type SignInAttempt,
} from "#server/users/sign-in-lock.ts";
import { hasTwoFactor, takeCode } from "#server/users/two-factor.ts";

const challengeMinutes = 5;

type Secret = { secret: string };

/** Who is let in, or what has to be brought back with a code. */
type FirstStep = { user: SignedInUser; challenge: null } | { user: null; challenge: string };

/**
 * Looks at the password. Without a second factor its user is let in; with one there is a challenge, good for five minutes
 * and worthless once the password has changed. AppErrors: `auth.invalid_credentials`, `auth.locked`.
 */
export async function signInWithPassword(
  db: Executor,
  { secret, ...credentials }: Credentials & Secret,
): Promise<FirstStep> {
  const { user, passwordHash, attemptId } = await checkPassword(db, { ...credentials, kind: "password" });
  if (await hasTwoFactor(db, user.id)) {
    await forgetAttempt(db, attemptId);
    const payload = `${user.id}.${Math.floor(Date.now() / 1000) + challengeMinutes * 60}`;
    return { user: null, challenge: `${payload}.${signatureOf(payload, passwordHash, secret)}` };
  }
  await attemptSucceeded(db, attemptId);
  return { user, challenge: null };
}

type Answer = Secret & Pick<SignInAttempt, "ip" | "userAgent"> & { challenge: string; code: string };

/**
 * The user whose password was right and whose code (of the device, or a recovery code) is. Call outside a transaction.
 * AppErrors: `auth.challenge_expired`, `auth.wrong_code`, `auth.locked`.
 */
export async function signInWithCode(
  db: Executor,
  { challenge, code, secret, ...from }: Answer,
): Promise<SignedInUser> {
  const user = await challengedUser(db, challenge, secret);
  if (!user) throw new AppError("auth.challenge_expired");
  const attemptId = await beginAttempt(db, { ...from, email: user.email.toLowerCase(), kind: "code" });
  if (!(await takeCode(db, { userId: user.id, code, secret }))) throw new AppError("auth.wrong_code");
  await attemptSucceeded(db, attemptId);
  return user;
}

async function challengedUser(db: Executor, challenge: string, secret: string): Promise<SignedInUser | null> {
  const [, payload = "", id = "", expires = "", signature = ""] =
    /^((\d{1,9})\.(\d{1,11}))\.([\w-]+)$/.exec(challenge) ?? [];
  if (id === "" || Number(expires) * 1000 < Date.now()) return null;
  const [user] = await db
    .select({
      id: users.id,
      email: users.email,
      role: users.role,
      hash: users.passwordHash,
      isActive: sql<boolean>`${users.isActive} is not false`,
    })
    .from(users)
    .where(eq(users.id, Number(id)));
  if (!user?.isActive) return null;
  const expected = Buffer.from(signatureOf(payload, user.hash, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  return { id: user.id, email: user.email, role: user.role };
}

function signatureOf(payload: string, passwordHash: string, secret: string): string {
  return createHmac("sha256", secret).update(`sign-in ${payload} ${passwordHash}`).digest("base64url");
}
