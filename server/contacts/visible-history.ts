// What of a contact's past a user may see, as conditions of queries: what another admin's campaigns sent, and what was
// before the contact came back under somebody else, is not theirs. What the contact writes is, whoever's campaign it
// answers; whose that is stays hidden.
import { type SQL, sql } from "drizzle-orm";
import type { SignedInUser } from "#server/users/ownership.ts";

/** A contact: its id, or where a query finds it. */
type Which = number | SQL;

/** Of a message `m` to contact `id`, its campaign `k` joined. A reply belongs to the conversation, whoever wrote it. */
export function visibleMessage(user: SignedInUser, id: Which): SQL {
  const own = user.role === "super_admin" ? sql`true` : sql`m.created_by = ${user.id}::int`;
  return sql`case when k.id is not null then ${ownCampaign(user)}
    when m.message_type = 'reply' then m.created_at at time zone 'UTC' >= ${birthOf(id, "at")} else ${own} end`;
}

/** Of an answer `i` of contact `id`, its campaign `k` joined. What a stranger wrote came with the contact it became. */
export function visibleAnswer(user: SignedInUser, id: Which): SQL {
  return sql`i.interaction_type in ('reply', 'reaction') and case when k.id is not null and ${ownCampaign(user)} then true
    else coalesce((i.details ->> 'AdoptedAt')::timestamptz, i.received_at at time zone 'UTC', 'epoch')
      >= ${birthOf(id, "at")} end`;
}

/**
 * Of contact `c`: whether there is an answer to read. The first condition is that of the indexes `contacts_unread` and
 * `contacts_unread_of_all`; nearly all it finds do have one, hence OFFSET 0: asked of each until the page is full, not
 * joined with all there are.
 */
export function hasUnread(user: SignedInUser): SQL {
  return sql`c.last_inbound_at > coalesce(c.inbound_read_at, '-infinity'::timestamptz)
    and exists (${unreadAnswers(user)} offset 0)`;
}

/** Those of contact `c` that the user sees and nobody has read. */
export function unreadAnswers(user: SignedInUser): SQL {
  return sql`select from interactions i left join campaigns k on k.id = i.campaign_id
    where i.contact_id = c.id and ${visibleAnswer(user, sql`c.id`)}
      and i.received_at at time zone 'UTC' > coalesce(c.inbound_read_at, '-infinity'::timestamptz)`;
}

/** Of a change `h` of contact `id`. */
export function visibleChange(id: Which): SQL {
  return sql`h.id >= ${birthOf(id, "id")}`;
}

/** Of a webhook event `e`, an inbound one of the contact. */
export function visibleCall(user: SignedInUser, id: Which): SQL {
  const all = user.role === "super_admin" ? sql`true` : sql`false`;
  return sql`(${all} or e.received_at >= ${birthOf(id, "at")})`;
}

/** Of a campaign `k`. */
export function ownCampaign(user: SignedInUser): SQL {
  return user.role === "super_admin" ? sql`true` : sql`k.created_by = ${user.id}::int`;
}

/** Of the contact as it is now: when it was last created or brought back. */
function birthOf(id: Which, column: "id" | "at"): SQL {
  const none = column === "id" ? sql`0` : sql`'-infinity'`;
  return sql`(select coalesce(max(b.${sql.raw(column)}), ${none}) from contact_changes b
    where b.contact_id = ${id} and b.action in ('created', 'revived'))`;
}
