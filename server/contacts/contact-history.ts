// Everything that happened with a contact, the latest first: messages to it, its answers, changes of its card.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { messagesTo } from "#server/contacts/messages-to.ts";
import { requireContact } from "#server/contacts/queries.ts";
import type { ContactHistory, ContactHistoryItem } from "#server/contacts/views.ts";
import { ownCampaign, visibleAnswer, visibleChange } from "#server/contacts/visible-history.ts";
import type { contactHistoryKinds } from "#server/domain/inputs.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const pageSize = 30;

type Kind = (typeof contactHistoryKinds)[number];
type HistoryQuery = { user: SignedInUser; id: number; kind?: Kind | null; before?: string | null };

type Row = { kind: Kind; id: number; ms: number; cursor: string; facts: Record<string, unknown> };

/**
 * One page of it, older than a cursor. What another admin's campaigns sent, and what was before the contact came back
 * under somebody else, is not theirs to see. AppError contact.not_found.
 */
export async function contactHistory(
  db: Executor,
  { user, id, kind, before }: HistoryQuery,
): Promise<ContactHistory> {
  await requireContact(db, { user, id });
  const parts: Record<Kind, SQL> = {
    message: messagesTo(user, id),
    answer: answersOf(user, id),
    change: changesOf(id),
  };
  const wanted = kind ? [parts[kind]] : Object.values(parts);
  const from = readCursor(before);
  const older = from
    ? sql`where (at, kind, id) < (${from.at}::timestamptz, ${from.kind}, ${from.id}::bigint)`
    : sql``;
  const rows = await queryRows<Row>(
    db,
    sql`
    select kind, id::int as id, extract(epoch from at)::float8 * 1000 as ms, facts, id || '_' || kind || '_' || at::text as cursor
    from (${sql.join(wanted, sql` union all `)}) happened (kind, id, at, facts) ${older}
    order by at desc, kind desc, id desc limit ${pageSize + 1}`,
  );
  const shown = rows.slice(0, pageSize);
  const items = shown.map(
    ({ ms, facts, ...item }) =>
      ({ kind: item.kind, id: item.id, at: new Date(ms), ...facts }) as ContactHistoryItem,
  );
  return { items, next: rows.length > pageSize ? (shown.at(-1)?.cursor ?? null) : null };
}

function answersOf(user: SignedInUser, id: number): SQL {
  return sql`
    select 'answer', i.id::bigint, coalesce(i.received_at, 'epoch') at time zone 'UTC',
      jsonb_build_object('content', i.content, 'type', coalesce(i.interaction_type, 'reply'),
        'campaign', case when k.id is not null and ${ownCampaign(user)} then jsonb_build_object('id', k.id, 'name', k.name,
          'deleted', k.deleted_at is not null) end)
    from interactions i left join campaigns k on k.id = i.campaign_id
    where i.contact_id = ${id} and ${visibleAnswer(user, id)}`;
}

function changesOf(id: number): SQL {
  return sql`
    select 'change', h.id, h.at,
      jsonb_build_object('action', h.action, 'userEmail', u.email, 'before', h.before, 'after', h.after)
    from contact_changes h left join users u on u.id = h.user_id
    where h.contact_id = ${id} and ${visibleChange(id)}`;
}

function readCursor(text: string | null | undefined): { at: string; kind: string; id: string } | null {
  const [, id, kind, at] =
    /^(\d{1,15})_([a-z]+)_(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00)$/.exec(text ?? "") ?? [];
  if (!id || !kind || !at || !Number.isFinite(Date.parse(`${at}:00`))) return null;
  return { id, kind, at };
}
