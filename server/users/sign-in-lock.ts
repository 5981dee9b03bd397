// Ten failures in 15 minutes for one e-mail and address lock that pair out for 15 minutes.
import { and, desc, eq, lt, not, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { signInAttempts } from "#db/schema/sessions.ts";
import { AppError } from "#server/errors.ts";

const failuresAllowed = 10;
const lockMinutes = 15;

export type SignInPair = { email: string; ip: string };

/**
 * Counts an attempt before its password is looked at, so that many at once cannot slip through, and returns its id.
 * It is a failure until `attemptSucceeded`. A pair that is locked out gets AppError `auth.locked` with the minutes left;
 * attempts made meanwhile do not prolong the lock. Call outside a transaction: others must see the attempt.
 */
export async function beginAttempt(db: Executor, { email, ip }: SignInPair): Promise<number> {
  const [attempt] = await db
    .insert(signInAttempts)
    .values({ email, ip, succeeded: false, at: sql`clock_timestamp()` })
    .returning({ id: signInAttempts.id });
  if (!attempt) throw new Error("the attempt could not be stored");
  const minutes = await minutesLocked(db, { email, ip, before: attempt.id });
  if (minutes === 0) return attempt.id;
  await db.delete(signInAttempts).where(eq(signInAttempts.id, attempt.id));
  throw new AppError("auth.locked", { minutes });
}

/** The attempt was none of a stranger: it and the failures before it no longer count. */
export async function attemptSucceeded(db: Executor, id: number): Promise<void> {
  await db.update(signInAttempts).set({ succeeded: true }).where(eq(signInAttempts.id, id));
  await db.delete(signInAttempts).where(lt(signInAttempts.at, sql`now() - interval '1 day'`));
}

/** Minutes left of the lock that the ten latest failures put on the pair, or 0. A success wipes out those before it. */
async function minutesLocked(
  db: Executor,
  { email, ip, before }: SignInPair & { before: number },
): Promise<number> {
  const ofPair = and(
    eq(signInAttempts.email, email),
    eq(signInAttempts.ip, ip),
    lt(signInAttempts.id, before),
  );
  const lastSuccess = db
    .select({ id: sql`coalesce(max(${signInAttempts.id}), 0)` })
    .from(signInAttempts)
    .where(and(ofPair, signInAttempts.succeeded));
  const failures = await db
    .select({ age: sql`extract(epoch from clock_timestamp() - ${signInAttempts.at}) / 60`.mapWith(Number) })
    .from(signInAttempts)
    .where(and(ofPair, not(signInAttempts.succeeded), sql`${signInAttempts.id} > (${lastSuccess})`))
    .orderBy(desc(signInAttempts.id))
    .limit(failuresAllowed);
  const [newest, oldest] = [failures[0]?.age, failures[failuresAllowed - 1]?.age];
  if (newest === undefined || oldest === undefined) return 0;
  return oldest - newest > lockMinutes ? 0 : Math.max(0, Math.ceil(lockMinutes - newest));
}
