// Which contacts a search and its filters mean, in SQL over contacts `c`: the list, what is done to many at once and the
// export are about the same ones.
import { and, isNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { contacts } from "#db/schema/contacts.ts";
import { membershipState } from "#server/campaigns/recipients.ts";
import type { ContactFilter } from "#server/domain/inputs.ts";
import type { MembershipState } from "#server/domain/sandbox-membership.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/** The contacts of every query about many. */
export const c = alias(contacts, "c");

export type Hours = { sandboxMembershipHours: number; serviceWindowHours: number };

export type FilterQuery = { user: SignedInUser; env: Hours; filter: ContactFilter };

/** The user's contacts that a filter shows. */
export function foundContacts({ user, env, filter }: FilterQuery): SQL | undefined {
  const { search, categoryId, state, situation } = filter;
  return and(
    isNull(c.deletedAt),
    ownedBy(user, c.createdBy),
    search ? contactNamed(search) : undefined,
    categoryId
      ? sql`${c.id} in (select cc.contact_id from category_contacts cc where cc.category_id = ${categoryId})
          and ${isSeen(user, categoryId)}`
      : undefined,
    state ? inState(state, env) : undefined,
    situation ? situations(env)[situation] : undefined,
  );
}

/** Who is in a category of somebody else is nothing to filter by. */
function isSeen(user: SignedInUser, categoryId: number): SQL {
  if (user.role === "super_admin") return sql`true`;
  return sql`exists (select from categories k where k.id = ${categoryId} and k.created_by = ${user.id})`;
}

/**
 * Who is in a state. First what an index finds, then the state itself; as `coalesce` it counts as half of what is left,
 * a plain comparison as hardly any, and everything would be sorted.
 */
function inState(state: MembershipState, { sandboxMembershipHours }: Hours): SQL {
  if (state === "unknown")
    return sql`c.sandbox_joined_at is null and c.sandbox_left_at is null and c.last_inbound_at is null`;
  return sql`${hint(state, sandboxMembershipHours)}
    and coalesce(${membershipState(sandboxMembershipHours)} = ${state}, false)`;
}

function hint(state: MembershipState, membershipHours: number): SQL {
  if (state === "left") return sql`c.sandbox_left_at is not null`;
  if (state === "expired") return sql`(c.sandbox_joined_at is not null or c.last_inbound_at is not null)`;
  if (state === "member") return joinedLately(membershipHours);
  const since = hoursAgo(membershipHours);
  // the last twelve hours; a minute more, since the state goes by a later moment
  const until = sql`${since} + interval '12 hours 1 minute'`;
  return sql`(c.sandbox_joined_at > ${since} and c.sandbox_joined_at < ${until}
    or c.last_inbound_at > ${since} and c.last_inbound_at < ${until})`;
}

function joinedLately(membershipHours: number): SQL {
  const since = hoursAgo(membershipHours);
  return sql`(c.sandbox_joined_at > ${since} or c.last_inbound_at > ${since})`;
}

function situations({
  serviceWindowHours,
  sandboxMembershipHours,
}: Hours): Record<NonNullable<ContactFilter["situation"]>, SQL> {
  return {
    window_open: sql`c.last_inbound_at > ${hoursAgo(serviceWindowHours)}`,
    in_sandbox: sql`${joinedLately(sandboxMembershipHours)}
      and coalesce(${membershipState(sandboxMembershipHours)} in ('member', 'expiring'), false)`,
    to_rejoin: sql`((c.sandbox_joined_at is not null or c.last_inbound_at is not null or c.sandbox_left_at is not null)
      and c.opted_out_at is null
      and coalesce(${membershipState(sandboxMembershipHours)} in ('expired', 'left'), false))`,
    opted_out: sql`c.opted_out_at is not null`,
    flagged: sql`c.flag is not null`,
  };
}

const hoursAgo = (hours: number): SQL => sql`now() - ${hours}::float8 * interval '1 hour'`;

/** Found by the index of the letters, whatever the order: who is searched may be the last of all. Of contacts `c`. */
export function contactNamed(search: string): SQL {
  return sql`c.id = any (array(select c.id from contacts c where ${isNamed(search)}))`;
}

/** As the index `contacts_search` has it. */
const searched = sql`relance.plain(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || c.full_number)`;

/** Trigrams find no less than this inside a word. */
const shortest = 3;

/**
 * Words of the names in any order, without regard to case and accents, and numbers by their digits, written with spaces,
 * with +33 or with 0. Of contacts `c`. A word of one or two letters is the beginning of one: inside of words it would be anywhere.
 */
export function isNamed(search: string): SQL | undefined {
  const words = search.normalize("NFC").split(/\s+/).filter(Boolean);
  const byWords = and(...words.map((word) => containing(word)));
  const digits = /^[\d\s+().-]+$/.test(search) ? search.replace(/\D/g, "").replace(/^0+/, "") : "";
  return digits.length >= shortest ? or(byWords, sql`${searched} like ${`%${digits}%`}`) : byWords;
}

function containing(word: string): SQL {
  const text = sql`relance.plain(${escaped(word)})`;
  if (word.length >= shortest) return sql`${searched} like '%' || ${text} || '%'`;
  return sql`(${searched} like ${text} || '%' or ${searched} like '% ' || ${text} || '%')`;
}

/** `%` and `_` are letters like others to the person who types them. */
function escaped(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
