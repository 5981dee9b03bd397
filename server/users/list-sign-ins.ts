import { and, desc, eq, ne, or, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { signInAttempts } from "#db/schema/sessions.ts";
import type { SignInRow } from "#server/users/views.ts";

const shown = 20;

/** The latest attempts to sign in to an account, and those that failed to confirm its password; kept for 90 days. */
export async function listSignIns(db: Executor, { email }: { email: string }): Promise<SignInRow[]> {
  return db
    .select({
      id: signInAttempts.id,
      at: signInAttempts.at,
      ip: signInAttempts.ip,
      userAgent: signInAttempts.userAgent,
      succeeded: signInAttempts.succeeded,
      kind: signInAttempts.kind,
    })
    .from(signInAttempts)
    .where(
      and(
        eq(signInAttempts.email, email.toLowerCase()),
        or(ne(signInAttempts.kind, "confirmation"), sql`not ${signInAttempts.succeeded}`),
      ),
    )
    .orderBy(desc(signInAttempts.id))
    .limit(shown);
}
