// Ten failures in 15 minutes lock out for 15 minutes: of a password, that e-mail and address (of an IPv6 one, its network,
// any of whose addresses its owner may take); of a code of the second factor, whose guesses are cheap from many addresses,
// that e-mail from anywhere.
import { and, desc, eq, inArray, lt, ne, not, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { signInAttempts } from "#db/schema/sessions.ts";
import { addressKey } from "#server/address-key.ts";
import { AppError } from "#server/errors.ts";

const failuresAllowed = 10;
const lockMinutes = 15;
/** As long as an account may look back at who tried to sign in. */
const keptDays = 90;

export type SignInAttempt = {
  email: string;
  ip: string;
  userAgent: string | null;
  kind: (typeof signInAttempts.$inferSelect)["kind"];
};

/**
 * Counts an attempt before its secret is looked at, so that many at once cannot slip through, and returns its id. It is a
 * failure until `attemptSucceeded`. Who is locked out gets AppError `auth.locked` with the minutes left; attempts made
 * meanwhile do not prolong the lock. Call outside a transaction: others must see the attempt.
 */
export async function beginAttempt(db: Executor, attempt: SignInAttempt): Promise<number> {
  const [made] = await db
    .insert(signInAttempts)
    .values({
      ...attempt,
      userAgent: attempt.userAgent?.slice(0, 500) ?? null,
      succeeded: false,
      at: sql`clock_timestamp()`,
    })
    .returning({ id: signInAttempts.id });
  if (!made) throw new Error("the attempt could not be stored");
  const minutes = await minutesLocked(db, attempt, made.id);
  if (minutes === 0) return made.id;
  await forgetAttempt(db, made.id);
  throw new AppError("auth.locked", { minutes });
}

/** The attempt was none of a stranger: it and the failures before it no longer count. */
export async function attemptSucceeded(db: Executor, id: number): Promise<void> {
  await db.update(signInAttempts).set({ succeeded: true }).where(eq(signInAttempts.id, id));
  await db.delete(signInAttempts).where(lt(signInAttempts.at, sql`now() - ${keptDays} * interval '1 day'`));
}

/** The attempt was no failure, and proves nothing yet: those before it go on counting. */
export async function forgetAttempt(db: Executor, id: number): Promise<void> {
  await db.delete(signInAttempts).where(eq(signInAttempts.id, id));
}

/** Minutes left of the lock that the ten latest failures put on the attempt, or 0. A success wipes out those before it. */
async function minutesLocked(
  db: Executor,
  { email, ip, kind }: SignInAttempt,
  before: number,
): Promise<number> {
  const alike = and(
    eq(signInAttempts.email, email),
    kind === "code"
      ? eq(signInAttempts.kind, "code")
      : inArray(signInAttempts.ip, await addressesOf(db, { email, ip })),
    lt(signInAttempts.id, before),
  );
  const lastSuccess = db
    .select({ id: sql`coalesce(max(${signInAttempts.id}), 0)` })
    .from(signInAttempts)
    .where(and(alike, signInAttempts.succeeded));
  const failures = await db
    .select({ age: sql`extract(epoch from clock_timestamp() - ${signInAttempts.at}) / 60`.mapWith(Number) })
    .from(signInAttempts)
    .where(
      and(
        alike,
        kind === "code" ? undefined : ne(signInAttempts.kind, "code"),
        not(signInAttempts.succeeded),
        sql`${signInAttempts.id} > (${lastSuccess})`,
      ),
    )
    .orderBy(desc(signInAttempts.id))
    .limit(failuresAllowed);
  const [newest, oldest] = [failures[0]?.age, failures[failuresAllowed - 1]?.age];
  if (newest === undefined || oldest === undefined) return 0;
  return oldest - newest > lockMinutes ? 0 : Math.max(0, Math.ceil(lockMinutes - newest));
}

/** The addresses whose failures may lock this one out: all those its owner may take (`addressKey`). */
async function addressesOf(db: Executor, { email, ip }: { email: string; ip: string }): Promise<string[]> {
  const lately = sql`${signInAttempts.at} > now() - ${2 * lockMinutes} * interval '1 minute'`;
  const used = await db
    .selectDistinct({ ip: signInAttempts.ip })
    .from(signInAttempts)
    .where(and(eq(signInAttempts.email, email), lately));
  return [ip, ...used.map((one) => one.ip).filter((other) => addressKey(other) === addressKey(ip))];
}
