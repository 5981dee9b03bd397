// How the user's contacts stand with the sandbox, in numbers: what the admin is told without asking (criterion 7.3).
import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { foundContacts, type Hours } from "#server/contacts/find-contacts.ts";
import type { ContactFilter } from "#server/domain/inputs.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import type { MembershipCounts, MembershipReminders } from "#server/sandbox/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Query = { user: SignedInUser; env: Hours };

/** For how long an ended membership is news. */
const newsHours = 24;

/** How many of the user's contacts are members, how many of them will not be for long, and how many have to join again, unless they said STOP. */
export async function countMemberships(db: Executor, query: Query): Promise<MembershipCounts> {
  return {
    member: await count(db, query, { situation: "in_sandbox" }),
    expiring: await count(db, query, { state: "expiring" }),
    toRejoin: await count(db, query, { situation: "to_rejoin" }),
  };
}

/**
 * What the admin is told before memberships end (within twelve hours, those that `sandboxMembership` calls expiring) and
 * after they ended or Twilio refused the contact, in the last 24 hours. Who said STOP is nobody to remind of.
 */
export async function membershipReminders(db: Executor, query: Query): Promise<MembershipReminders> {
  const { sandboxMembershipHours } = query.env;
  const lately = (column: SQL, hours: number) => sql`
    ${column} > now() - ${hours + newsHours}::float8 * interval '1 hour'
    and ${column} <= now() - ${hours}::float8 * interval '1 hour'`;
  const ended = sql`(${lately(sql`c.sandbox_left_at`, 0)}
    or ${lately(sql`c.sandbox_joined_at`, sandboxMembershipHours)}
    or ${lately(sql`c.last_inbound_at`, sandboxMembershipHours)})`;
  return {
    expiring: await count(db, query, { state: "expiring" }, sql`c.opted_out_at is null`),
    ended: await count(db, query, { situation: "to_rejoin" }, ended),
  };
}

function count(db: Executor, query: Query, filter: ContactFilter, further: SQL = sql`true`) {
  return countUpTo(
    db,
    sql`select from contacts c where ${foundContacts({ ...query, filter })} and ${further}`,
  );
}
