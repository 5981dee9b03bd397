// Whom a campaign is for, in SQL: what a launch freezes and what the pre-flight counts are the same expressions.
import { type SQL, sql } from "drizzle-orm";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

/** FROM and WHERE over contacts `c`: those of the campaign's categories, each once whichever of them it is in. */
export const recipientsOf = (campaignId: number): SQL => sql`
  from contacts c
  where c.deleted_at is null and c.id in (
    select cc.contact_id from category_contacts cc
    join campaign_categories k on k.category_id = cc.category_id
    where k.campaign_id = ${campaignId})`;

/** The sandbox state of contact `c` now, as `sandboxMembership` (server/domain) tells it from the same facts. */
export function membershipState(membershipHours: number): SQL {
  const lasting = sql`${membershipHours}::float8 * interval '1 hour'`;
  const joined = sql`case when c.last_inbound_at > c.sandbox_joined_at + ${lasting} then c.last_inbound_at
    else coalesce(c.sandbox_joined_at, c.last_inbound_at) end`;
  return sql`(case
    when c.sandbox_left_at >= coalesce(greatest(c.sandbox_joined_at, c.last_inbound_at), '-infinity') then 'left'
    when coalesce(c.sandbox_joined_at, c.last_inbound_at) is null then 'unknown'
    when (${joined}) + ${lasting} <= clock_timestamp() then 'expired'
    when (${joined}) + ${lasting} <= clock_timestamp() + interval '12 hours' then 'expiring'
    else 'member' end)`;
}

/** Whether Message 1 of another campaign is still on its way to contact `c`. */
export const isBusy = (campaignId: number): SQL => sql`exists (
  select from messages b join campaigns o on o.id = b.campaign_id
  where b.contact_id = c.id and b.campaign_id <> ${campaignId} and b.message_type = 'message_1'
    and b.status in ('pending', 'sending', 'uncertain')
    and o.status in ('sending', 'paused') and o.deleted_at is null)`;

/**
 * Whether contact `c` has had Message 1 of the campaign this one is a copy of, or may have; or was left out of that one
 * because of the campaign it was a copy of in turn.
 */
export const isReached = (campaignId: number): SQL => sql`exists (
  select from messages b
  where b.contact_id = c.id and b.message_type = 'message_1'
    and b.campaign_id = (select (o.launch_options ->> 'copyOf')::int from campaigns o where o.id = ${campaignId})
    and (b.status in ('sending', 'uncertain', 'sent', 'delivered', 'read') or b.reason = 'already_reached'))`;

export type RecipientRules = { campaignId: number; options: LaunchOptions; membershipHours: number };

/** Why contact `c` is not sent to (engine.md 10; `ExclusionReason`), or NULL. */
export function exclusionReason({ campaignId, options, membershipHours }: RecipientRules): SQL {
  const state = membershipState(membershipHours);
  const chosen: SQL[] = [];
  if (!options.includeLeft) chosen.push(sql`when ${state} = 'left' then 'not_in_sandbox'`);
  if (options.excludeExpired) chosen.push(sql`when ${state} = 'expired' then 'membership_expired'`);
  if (options.excludeUnknown) chosen.push(sql`when ${state} = 'unknown' then 'membership_unknown'`);
  if (options.excludeBusy) chosen.push(sql`when ${isBusy(campaignId)} then 'in_running_campaign'`);
  if (options.excludeReached) chosen.push(sql`when ${isReached(campaignId)} then 'already_reached'`);
  return sql`(case
    when c.flag is not null then 'contact_flagged'
    when c.opted_out_at is not null then 'opted_out'
    ${sql.join(chosen, sql` `)}
  end)`;
}
