// What of a contact's past a user may see, as conditions of queries: what another admin's campaigns sent, and what was
// before the contact came back under somebody else, is not theirs.
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
  return sql`i.interaction_type in ('reply', 'reaction') and case when k.id is not null then ${ownCampaign(user)}
    else coalesce((i.details ->> 'AdoptedAt')::timestamptz, i.received_at at time zone 'UTC', 'epoch')
      >= ${birthOf(id, "at")} end`;
}

/** Of a change `h` of contact `id`. */
export function visibleChange(id: Which): SQL {
  return sql`h.id >= ${birthOf(id, "id")}`;
}

function ownCampaign(user: SignedInUser): SQL {
  return user.role === "super_admin" ? sql`true` : sql`k.created_by = ${user.id}::int`;
}

/** Of the contact as it is now: when it was last created or brought back. */
function birthOf(id: Which, column: "id" | "at"): SQL {
  const none = column === "id" ? sql`0` : sql`'-infinity'`;
  return sql`(select coalesce(max(b.${sql.raw(column)}), ${none}) from contact_changes b
    where b.contact_id = ${id} and b.action in ('created', 'revived'))`;
}
