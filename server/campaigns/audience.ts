// Whom a campaign would reach if it were launched now.
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { membershipState } from "#server/campaigns/recipients.ts";
import type { Audience } from "#server/campaigns/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const sampleSize = 10;

type AudienceQuery = {
  user: SignedInUser;
  categoryIds: number[];
  env: { sandboxMembershipHours: number };
};

/**
 * The contacts of the user's categories, each once: how many would get Message 1, how many a launch would set aside
 * (opted out, flagged, left the sandbox), to how many it would send although they may not be in the sandbox (criterion
 * 9.3), and a few of them for a preview. Categories of others count as empty.
 */
export async function findAudience(
  db: Executor,
  { user, categoryIds, env }: AudienceQuery,
): Promise<Audience> {
  const owned = user.role === "super_admin" ? sql`` : sql`and k.created_by = ${user.id}`;
  // as a launch decides it (launch-campaign.ts)
  const contactsOfCategories = sql`
    select c.id, c.first_name, c.last_name, c.full_number, ${membershipState(env.sandboxMembershipHours)} as state,
      c.flag is not null or c.opted_out_at is not null as refused
    from contacts c
    where c.deleted_at is null and c.id in (
      select cc.contact_id from category_contacts cc join categories k on k.id = cc.category_id
      where k.id = any(${sql.param(categoryIds)}::int[]) ${owned})`;
  const [totals] = await queryRows<Omit<Audience, "samples">>(
    db,
    sql`select count(*) filter (where not refused and state <> 'left')::int as recipients,
      count(*) filter (where refused or state = 'left')::int as excluded,
      count(*) filter (where not refused and state in ('expired', 'unknown'))::int as "notJoined"
    from (${contactsOfCategories}) chosen`,
  );
  const samples = await queryRows<Audience["samples"][number]>(
    db,
    sql`select id, first_name as "firstName", last_name as "lastName", full_number as "fullNumber"
    from (${contactsOfCategories}) chosen
    where not refused and state <> 'left' order by id limit ${sampleSize}`,
  );
  return { recipients: 0, excluded: 0, notJoined: 0, ...totals, samples };
}
