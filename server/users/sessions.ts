// Sessions: the cookie holds a random token, the database only its keyed hash. Idle time runs on the database's clock.
import { createHmac, randomBytes } from "node:crypto";
import { and, desc, eq, gt, lt, ne, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import type { SessionRow } from "#server/users/views.ts";

const sessionIdleMinutes = 30;

type Secret = { secret: string };

/** A session of its owner. */
type Own = Secret & { token: string };

/** Of the hash, to name a session to its owner. */
const idLength = 16;

const hashOf = (token: string, secret: string) => createHmac("sha256", secret).update(token).digest("hex");
/** Sessions last seen before are over. */
export const idleSince = sql`now() - ${sessionIdleMinutes} * interval '1 minute'`;

/** Opens a session and returns its token, 32 random bytes in base64url. Sessions idle for too long go. */
export async function createSession(
  db: Executor,
  { userId, ip, userAgent, secret }: Secret & { userId: number; ip: string; userAgent: string | null },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.delete(sessions).where(lt(sessions.lastSeenAt, idleSince));
  await db
    .insert(sessions)
    .values({ tokenHash: hashOf(token, secret), userId, ip, userAgent: userAgent?.slice(0, 500) ?? null });
  return token;
}

/**
 * The user of a session, or null when there is none, it was idle for 30 minutes, or the account was deactivated.
 * `touch` counts as activity, written at most once a minute; an open event stream must not.
 */
export async function findSessionUser(
  db: Executor,
  { token, secret, touch }: Secret & { token: string; touch: boolean },
): Promise<SignedInUser | null> {
  const tokenHash = hashOf(token, secret);
  const [found] = await db
    .select({
      id: users.id,
      email: users.email,
      role: users.role,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.lastSeenAt, idleSince),
        sql`${users.isActive} is not false`,
      ),
    );
  if (!found) return null;
  const { stale, ...user } = found;
  if (touch && stale) {
    await db
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.lastSeenAt, idleSince)));
  }
  return user;
}

/** Ends a session; one that is already over is no error. */
export async function endSession(db: Executor, { token, secret }: Secret & { token: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, hashOf(token, secret)));
}

/** The open sessions of a user, the latest activity first. */
export async function listSessions(
  db: Executor,
  { userId, current }: { userId: number; current: Own },
): Promise<SessionRow[]> {
  const found = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.lastSeenAt, idleSince)))
    .orderBy(desc(sessions.lastSeenAt), sessions.tokenHash);
  const own = hashOf(current.token, current.secret);
  return found.map(({ tokenHash, ip, userAgent, createdAt, lastSeenAt }) => ({
    id: tokenHash.slice(0, idLength),
    current: tokenHash === own,
    ip,
    userAgent,
    createdAt,
    lastSeenAt,
  }));
}

type Ending = {
  userId: number;
  /** one of `listSessions`; all when not given */
  id?: string | undefined;
  /** the one that goes on whatever happens */
  keep?: Own | undefined;
};

/** Ends sessions of a user; returns how many. Their open event streams are told by the database. */
export async function endSessionsOf(db: Executor, { userId, id, keep }: Ending): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        id === undefined ? undefined : sql`left(${sessions.tokenHash}, ${idLength}) = ${id}`,
        keep && ne(sessions.tokenHash, hashOf(keep.token, keep.secret)),
      ),
    )
    .returning({ id: sessions.tokenHash });
  return ended.length;
}
