// The messages of a contact's page: its history lists them, its card counts them.
import { type SQL, sql } from "drizzle-orm";
import { visibleMessage } from "#server/contacts/visible-history.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** A query of what was sent to a contact, as far as the user sees it: another admin may have managed it before. */
export function messagesTo(user: SignedInUser, id: number): SQL {
  return sql`
    select 'message' as kind, m.id::bigint as id, coalesce(m.sent_at, m.created_at, 'epoch') at time zone 'UTC' as at,
      jsonb_build_object('type', m.message_type, 'status', coalesce(m.status, 'pending'), 'content', m.content,
        'errorCode', m.error_code, 'errorMessage', m.error_message, 'reason', m.reason,
        'campaign', case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name,
          'deleted', k.deleted_at is not null) end) as facts
    from messages m left join campaigns k on k.id = m.campaign_id
    where m.contact_id = ${id} and ${visibleMessage(user, id)}`;
}
