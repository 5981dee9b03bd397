// Accounts with what protects them in different states.
import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { twoFactors } from "#db/schema/accounts.ts";
import { sessionSecret } from "#e2e/stack.ts";
import { createApiToken } from "#server/users/api-tokens.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { createResetLink } from "#server/users/reset-links.ts";
import { startTwoFactor } from "#server/users/two-factor.ts";

type Account = SignedInUser & { password: string };

/** `guarded` is asked for a code after the password, the locked out one too */
export type AccountStory = {
  resetToken: string;
  lockedOutId: number;
  guarded: Pick<Account, "email" | "password">;
};

/** The newcomer is setting up a second factor, and has a link for a new password; the boss has a second factor and tokens. */
export async function makeAccountStory(
  db: Database,
  { newcomer, boss, lockedOut }: Record<"newcomer" | "boss" | "lockedOut", Account>,
): Promise<AccountStory> {
  return db.transaction(async (tx) => {
    await startTwoFactor(tx, { userId: newcomer.id, secret: sessionSecret });
    const { token: resetToken } = await createResetLink(tx, newcomer);
    for (const { id: userId } of [boss, lockedOut]) {
      await tx.insert(twoFactors).values({ userId, secret: "unused", confirmedAt: sql`now()` });
    }
    await createApiToken(tx, { userId: boss.id, name: "Export du lundi", scope: "read", days: 90 });
    await createApiToken(tx, {
      userId: boss.id,
      name: "Saisie depuis le logiciel de caisse",
      scope: "write",
      days: 365,
    });
    await tx.execute(sql`insert into sign_in_attempts (email, ip, succeeded, kind, at) values
      (${boss.email}, '203.0.113.9', false, 'password', now() - interval '2 days'),
      (${boss.email}, '203.0.113.9', false, 'code', now() - interval '1 day'),
      (${boss.email}, '192.0.2.1', true, 'code', now() - interval '3 hours')`);
    return { resetToken, lockedOutId: lockedOut.id, guarded: boss };
  });
}
