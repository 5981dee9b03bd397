// Tokens by which programs call the procedures as their owner. Only their hashes are kept.
import { createHash, randomBytes } from "node:crypto";
import { and, count, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Executor, Transaction } from "#db/client.ts";
import { apiTokens } from "#db/schema/accounts.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import type { ApiTokenRow } from "#server/users/views.ts";

/** Scanners of published code know tokens by such a beginning. */
const prefix = "relance_";
const hintLength = prefix.length + 4;
const tokensAllowed = 20;

export type TokenScope = (typeof apiTokens.$inferSelect)["scope"];

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const isAlive = and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, sql`now()`));

type NewToken = { userId: number; name: string; scope: TokenScope; days: number };

/** Makes a token good for `days`, told this once. AppError `api_token.too_many` (meta maximum) beyond 20 good ones. */
export async function createApiToken(
  tx: Transaction,
  { userId, name, scope, days }: NewToken,
): Promise<{ id: number; token: string }> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  const [alive] = await tx
    .select({ count: count() })
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isAlive));
  if ((alive?.count ?? 0) >= tokensAllowed)
    throw new AppError("api_token.too_many", { maximum: tokensAllowed });
  const token = prefix + randomBytes(32).toString("base64url");
  const [made] = await tx
    .insert(apiTokens)
    .values({
      userId,
      name,
      scope,
      tokenHash: hashOf(token),
      hint: token.slice(0, hintLength),
      expiresAt: sql`now() + ${days} * interval '1 day'`,
    })
    .returning({ id: apiTokens.id });
  if (!made) throw new Error("the token could not be stored");
  return { id: made.id, token };
}

/** The tokens of a user that are not revoked, the newest first; those that have run out too. */
export async function listApiTokens(db: Executor, userId: number): Promise<ApiTokenRow[]> {
  return db
    .select({
      id: apiTokens.id,
      name: apiTokens.name,
      hint: apiTokens.hint,
      scope: apiTokens.scope,
      createdAt: apiTokens.createdAt,
      expiresAt: apiTokens.expiresAt,
      isExpired: sql<boolean>`${apiTokens.expiresAt} <= now()`,
      lastUsedAt: apiTokens.lastUsedAt,
      lastUsedIp: apiTokens.lastUsedIp,
    })
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.id))
    .limit(100);
}

/** Makes every token of the user worthless at once; they stay so, whatever becomes of the account. */
export async function revokeTokensOf(tx: Transaction, userId: number): Promise<void> {
  await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)));
}

/** Makes one of the user's tokens worthless at once. AppError `api_token.not_found`. */
export async function revokeApiToken(
  tx: Transaction,
  { userId, id }: { userId: number; id: number },
): Promise<{ name: string }> {
  const [revoked] = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .returning({ name: apiTokens.name });
  if (!revoked) throw new AppError("api_token.not_found");
  return revoked;
}

/**
 * Whose token this is and what it may do; null for one that is revoked, has run out, is nobody's or of a closed account.
 * Notes its use, at most once a minute.
 */
export async function findTokenUser(
  db: Executor,
  { token, ip }: { token: string; ip: string },
): Promise<{ user: SignedInUser; scope: TokenScope } | null> {
  const [found] = await db
    .select({
      tokenId: apiTokens.id,
      scope: apiTokens.scope,
      isStale: sql<boolean>`${apiTokens.lastUsedAt} is null or ${apiTokens.lastUsedAt} < now() - interval '1 minute'`,
      user: { id: users.id, email: users.email, role: users.role },
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(and(eq(apiTokens.tokenHash, hashOf(token)), isAlive, sql`${users.isActive} is not false`));
  if (!found) return null;
  if (found.isStale) {
    await db
      .update(apiTokens)
      .set({ lastUsedAt: sql`now()`, lastUsedIp: ip })
      .where(eq(apiTokens.id, found.tokenId));
  }
  return { user: found.user, scope: found.scope };
}
