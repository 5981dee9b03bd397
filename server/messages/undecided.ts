// Uncertain messages that wait for a decision of an admin.
import { and, asc, eq, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { messageAttempts, messages } from "#db/schema/messages.ts";
import { requireCampaign } from "#server/campaigns/queries.ts";
import { AppError } from "#server/errors.ts";
import { requireMessage } from "#server/messages/queries.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type One = { user: SignedInUser; id: number };
type AttemptRow = typeof messageAttempts.$inferSelect;

const waiting = sql`${messages.status} = 'uncertain' and ${messages.reason} = 'several_candidates'`;

/** How many messages of a campaign wait for a decision, and the first of them. AppError campaign.not_found. */
export async function undecidedOf(
  db: Executor,
  { user, id }: One,
): Promise<{ count: number; firstMessageId: number | null }> {
  await requireCampaign(db, { user, id });
  const found = await db
    .select({ id: messages.id, count: sql<number>`(count(*) over ())::int` })
    .from(messages)
    .where(and(eq(messages.campaignId, id), waiting))
    .orderBy(asc(messages.id))
    .limit(1);
  return { count: found[0]?.count ?? 0, firstMessageId: found[0]?.id ?? null };
}

/** The attempt whose fate is to be decided. AppErrors message.not_found (another's alike), message.not_undecided. */
export async function requireUndecided(db: Executor, { user, id }: One): Promise<AttemptRow> {
  await requireMessage(db, { user, id });
  const [found] = await db
    .select({ attempt: messageAttempts })
    .from(messages)
    .innerJoin(messageAttempts, eq(messageAttempts.id, messages.currentAttemptId))
    .where(and(eq(messages.id, id), waiting));
  if (!found) throw new AppError("message.not_undecided");
  return found.attempt;
}
