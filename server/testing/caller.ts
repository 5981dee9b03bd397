// Procedures called as some user, for tests.
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import type { Env } from "#server/env.ts";
import type { LiveHub } from "#server/http/live.ts";
import { createRequestRates } from "#server/http/request-rates.ts";
import type { Services } from "#server/services.ts";
import { makeEnv, makeLog, makeUser } from "#server/testing/factories.ts";
import type { Context } from "#server/trpc/init.ts";
import { createCaller } from "#server/trpc/root.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** Nothing ever happens. */
const silentHub: LiveHub = { subscribe: async function* () {}, close: async () => {} };

/** What a web process would hand to its requests, without the web process. */
export function makeServices(db: Database, env: Env = makeEnv()): Services {
  return { db, env, log: makeLog(), live: silentHub, rates: createRequestRates(env) };
}

/** The context of a request of `user`. */
export function makeContext(db: Database, user: SignedInUser | null, patch: Partial<Context> = {}): Context {
  const asked = { sessionToken: null, scope: null, ip: "192.0.2.1", userAgent: "test", requestId: "test" };
  return { services: makeServices(db), user, ...asked, ...patch };
}

/** A new user. */
export async function makeSignedIn(
  db: Database,
  role: SignedInUser["role"] = "admin",
): Promise<SignedInUser> {
  const id = await makeUser(db, { role });
  const [user] = await db.select().from(users).where(eq(users.id, id));
  return { id, role, email: String(user?.email) };
}

/** A new user's procedures. */
export async function callerOf(db: Database, role: SignedInUser["role"] = "admin") {
  const user = await makeSignedIn(db, role);
  return { user, call: createCaller(makeContext(db, user)) };
}
