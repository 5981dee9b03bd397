// The second factor of an account: a device that shows codes, and recovery codes for the day it is lost.
import { createHash } from "node:crypto";
import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { recoveryCodes, twoFactors } from "#db/schema/accounts.ts";
import { AppError } from "#server/errors.ts";
import { makePassword } from "#server/users/password.ts";
import { makeTotpSecret, periodOfCode, totpUri } from "#server/users/totp.ts";
import { openSecret, sealSecret } from "#server/users/two-factor-secret.ts";
import type { TwoFactorState } from "#server/users/views.ts";

const recoveryCodeCount = 10;
/** A set-up that nobody has finished is begun anew. */
const setUpMinutes = 30;

type Secret = { secret: string };

/** 79 random bits need no slow hash, and no key that may change. */
const hashOf = (code: string) => createHash("sha256").update(code).digest("hex");

const nowMs = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::float8`;

export async function hasTwoFactor(db: Executor, userId: number): Promise<boolean> {
  const confirmed = and(eq(twoFactors.userId, userId), isNotNull(twoFactors.confirmedAt));
  const found = await db.select({ userId: twoFactors.userId }).from(twoFactors).where(confirmed);
  return found.length > 0;
}

/** Whether codes are asked for, since when, and how many recovery codes are left; or the set-up that has begun. */
export async function readTwoFactor(
  db: Executor,
  { userId, email, secret }: Secret & { userId: number; email: string },
): Promise<TwoFactorState> {
  const [found] = await db
    .select({
      confirmedAt: twoFactors.confirmedAt,
      sealed: twoFactors.secret,
      isFresh: sql<boolean>`${twoFactors.createdAt} > now() - ${setUpMinutes} * interval '1 minute'`,
      codesLeft: sql<number>`(select count(*)::int from ${recoveryCodes}
        where ${recoveryCodes.userId} = ${userId} and ${recoveryCodes.usedAt} is null)`,
    })
    .from(twoFactors)
    .where(eq(twoFactors.userId, userId));
  if (found?.confirmedAt) return { since: found.confirmedAt, codesLeft: found.codesLeft, setUp: null };
  const opened = found?.isFresh ? openSecret(found.sealed, secret) : null;
  return {
    since: null,
    codesLeft: 0,
    setUp: opened ? { secret: opened, uri: totpUri(opened, email) } : null,
  };
}

/** Begins to set up a second factor, anew where one was begun. AppError `two_factor.already_on`. */
export async function startTwoFactor(
  tx: Transaction,
  { userId, secret }: Secret & { userId: number },
): Promise<void> {
  const fresh = { secret: sealSecret(makeTotpSecret(), secret), createdAt: sql`now()`, lastPeriod: 0 };
  const started = await tx
    .insert(twoFactors)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: twoFactors.userId, set: fresh, setWhere: isNull(twoFactors.confirmedAt) })
    .returning({ userId: twoFactors.userId });
  if (started.length === 0) throw new AppError("two_factor.already_on");
}

/** Gives up a set-up that was not finished. */
export async function cancelTwoFactor(tx: Transaction, userId: number): Promise<void> {
  await tx.delete(twoFactors).where(and(eq(twoFactors.userId, userId), isNull(twoFactors.confirmedAt)));
}

/**
 * From now on codes are asked for: its owner has shown one. Gives back the recovery codes, the only time they are told.
 * AppErrors: `two_factor.not_started`, `auth.wrong_code`.
 */
export async function confirmTwoFactor(
  tx: Transaction,
  { userId, code, secret }: Secret & { userId: number; code: string },
): Promise<{ recoveryCodes: string[] }> {
  const begun = await tx
    .update(twoFactors)
    .set({ confirmedAt: sql`now()` })
    .where(and(eq(twoFactors.userId, userId), isNull(twoFactors.confirmedAt)))
    .returning({ userId: twoFactors.userId });
  if (begun.length === 0) throw new AppError("two_factor.not_started");
  if (!(await takeDeviceCode(tx, { userId, code: digitsOf(code), secret })))
    throw new AppError("auth.wrong_code");
  return { recoveryCodes: await renewRecoveryCodes(tx, userId) };
}

/** New recovery codes in the place of the old ones, the only time they are told. AppError `two_factor.not_started`. */
export async function renewRecoveryCodes(tx: Transaction, userId: number): Promise<string[]> {
  if (!(await hasTwoFactor(tx, userId))) throw new AppError("two_factor.not_started");
  const codes = Array.from({ length: recoveryCodeCount }, makePassword);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: hashOf(code) })));
  return codes;
}

/** The password is enough again. Tells whether it was not before. */
export async function removeTwoFactor(tx: Transaction, userId: number): Promise<{ wasOn: boolean }> {
  const removed = await tx
    .delete(twoFactors)
    .where(eq(twoFactors.userId, userId))
    .returning({ confirmedAt: twoFactors.confirmedAt });
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  return { wasOn: removed.some(({ confirmedAt }) => confirmedAt !== null) };
}

/** Whether this is a code of the account that was not taken yet, of its device or for recovery; it is taken then. */
export async function takeCode(
  db: Executor,
  { userId, code, secret }: Secret & { userId: number; code: string },
): Promise<boolean> {
  const digits = digitsOf(code);
  if (/^\d{6}$/.test(digits)) return takeDeviceCode(db, { userId, code: digits, secret });
  const taken = await db
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, hashOf(code.trim().toLowerCase())),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id });
  return taken.length > 0;
}

/** As applications show it, "123 456". */
const digitsOf = (code: string) => code.replaceAll(/\s/g, "");

async function takeDeviceCode(
  db: Executor,
  { userId, code, secret }: Secret & { userId: number; code: string },
): Promise<boolean> {
  const confirmed = and(eq(twoFactors.userId, userId), isNotNull(twoFactors.confirmedAt));
  const [found] = await db.select({ sealed: twoFactors.secret, nowMs }).from(twoFactors).where(confirmed);
  const opened = found ? openSecret(found.sealed, secret) : null;
  const period = found && opened ? periodOfCode(opened, code, found.nowMs) : null;
  if (period === null) return false;
  // of two who bring the same code at once, one
  const taken = await db
    .update(twoFactors)
    .set({ lastPeriod: period })
    .where(and(confirmed, lt(twoFactors.lastPeriod, period)))
    .returning({ userId: twoFactors.userId });
  return taken.length > 0;
}
