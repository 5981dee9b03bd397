// What a launch would do, told before it: the same expressions over the same contacts (recipients.ts).
import { eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { campaigns } from "#db/schema/campaigns.ts";
import { requireLaunchable } from "#server/campaigns/launch-campaign.ts";
import { renderedText } from "#server/campaigns/recipient-values.ts";
import {
  exclusionReason,
  isBusy,
  isReached,
  membershipState,
  type RecipientRules,
  recipientsOf,
} from "#server/campaigns/recipients.ts";
import type { Preflight } from "#server/campaigns/views.ts";
import type { ExclusionReason, LaunchOptions } from "#server/domain/launch-options.ts";
import { whatsappAddress } from "#server/domain/phone.ts";
import { estimateCost } from "#server/domain/prices.ts";
import type { MembershipState } from "#server/domain/sandbox-membership.ts";
import type { Env } from "#server/env.ts";
import { AppError } from "#server/errors.ts";

export type PreflightInput = {
  campaignId: number;
  options: LaunchOptions;
  env: Pick<Env, "twilioSandboxNumber" | "sendIntervalMs" | "sandboxMembershipHours">;
};

type CampaignRow = typeof campaigns.$inferSelect;

type Group = {
  reason: ExclusionReason | null;
  state: MembershipState;
  busy: boolean;
  reached: boolean;
  dial_code: string;
  contacts: number;
};

const previewCount = 3;

/**
 * The sheet before a launch: recipients and who is left out why, whom a warning concerns, how long it takes at the
 * sender's interval behind what waits already, what it costs, three real previews, and what would refuse it. AppError
 * campaign.not_found. Ownership is the caller's to check.
 */
export async function preflight(db: Executor, input: PreflightInput): Promise<Preflight> {
  const { campaignId, options, env } = input;
  const [campaign] = await db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (!campaign || campaign.deletedAt) throw new AppError("campaign.not_found");
  const rules: RecipientRules = { campaignId, options, membershipHours: env.sandboxMembershipHours };
  const groups = await countGroups(db, rules);
  const sent = groups.filter(({ reason }) => reason === null);
  const willSend = total(sent);
  return {
    total: total(groups),
    willSend,
    skipped: tally(groups, ({ reason }) => reason),
    warnings: [
      ...tally(sent, ({ state }) => (state === "member" ? null : state)),
      ...tally(sent, ({ busy }) => (busy ? "busy" : null)),
      ...tally(sent, ({ reached }) => (reached ? "reached" : null)),
    ],
    ...(await timing(db, { willSend, scheduledAt: campaign.scheduledAt, env })),
    cost: estimateCost(
      new Map(tally(sent, ({ dial_code }) => dial_code).map((one) => [one.reason, one.count])),
    ),
    previews: await previews(db, campaign, rules),
    problem: await problemOf(db, campaign, rules),
  };
}

async function countGroups(db: Executor, rules: RecipientRules): Promise<Group[]> {
  return queryRows<Group>(
    db,
    sql`
    select reason, state, busy, reached, dial_code, count(*)::int as contacts from (
      select ${exclusionReason(rules)} as reason, ${membershipState(rules.membershipHours)} as state,
        ${isBusy(rules.campaignId)} as busy, ${isReached(rules.campaignId)} as reached, coalesce(c.country_code, '') as dial_code
      ${recipientsOf(rules.campaignId)}) recipients
    group by 1, 2, 3, 4, 5`,
  );
}

const total = (groups: readonly Group[]) => groups.reduce((sum, { contacts }) => sum + contacts, 0);

/** Contacts per answer of `by`, the most frequent first; null is not counted. */
function tally<Reason extends string>(groups: readonly Group[], by: (group: Group) => Reason | null) {
  const counts = new Map<Reason, number>();
  for (const group of groups) {
    const reason = by(group);
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + group.contacts);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

type TimingQuestion = { willSend: number; scheduledAt: Date | null; env: PreflightInput["env"] };

/** Every slot before and during it is one interval; by the database's clock. */
async function timing(db: Executor, { willSend, scheduledAt, env }: TimingQuestion) {
  const interval = env.sendIntervalMs;
  const at = scheduledAt?.toISOString() ?? null;
  const ahead = await countWaiting(db, env);
  const [row] = await db
    .select({
      startsAt: sql`at`.mapWith(campaigns.scheduledAt),
      finishesAt: sql`at + ${(ahead + willSend) * interval}::float8 * interval '1 millisecond'`.mapWith(
        campaigns.scheduledAt,
      ),
    })
    .from(sql`(select greatest(clock_timestamp(), ${at}::timestamptz) as at) start`);
  if (!row) throw new Error("no timing");
  return { ahead, ...row, intervalMs: interval, durationMs: willSend * interval };
}

async function countWaiting(db: Executor, env: PreflightInput["env"]): Promise<number> {
  const [waiting] = await queryRows<{ count: number }>(
    db,
    sql`
    select count(*)::int as count from senders s
    join messages m on m.sender_id = s.id and m.status = 'pending' and m.next_attempt_at is not null
    left join campaigns k on k.id = m.campaign_id
    where s.address = ${whatsappAddress(env.twilioSandboxNumber)}
      and (m.campaign_id is null or (k.status in ('sending', 'completed') and k.deleted_at is null))`,
  );
  return waiting?.count ?? 0;
}

async function previews(db: Executor, campaign: CampaignRow, rules: RecipientRules) {
  return queryRows<Preflight["previews"][number]>(
    db,
    sql`
    select c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.full_number as number,
      ${renderedText(campaign.message1, campaign.contentVariables ?? {})} as text
    ${recipientsOf(campaign.id)} and ${exclusionReason(rules)} is null
    order by c.id limit ${previewCount}`,
  );
}

async function problemOf(
  db: Executor,
  campaign: CampaignRow,
  rules: RecipientRules,
): Promise<Preflight["problem"]> {
  try {
    await requireLaunchable(db, campaign, rules);
    return null;
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, meta: error.meta };
    throw error;
  }
}
