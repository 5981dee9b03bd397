// A conversation: all that was sent to a contact and received from them, and when they opted out or in.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { visibleAnswer, visibleChange, visibleMessage } from "#server/contacts/visible-history.ts";
import { requireConversation } from "#server/conversations/require-conversation.ts";
import { changesWithIds, receivedWithIds, sentWithIds } from "#server/conversations/thread-items.ts";
import type { Conversation, ThreadItem } from "#server/conversations/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const pageSize = 40;

type Kind = ThreadItem["kind"];
type Place = { kind: Kind; id: number; ms: number; cursor: string };

type Question = {
  user: SignedInUser;
  id: number;
  /** where the page ends: what is older than this */
  before?: string | null | undefined;
};

/** One page of a conversation, by default the newest. AppError `contact.not_found`. */
export async function readConversation(db: Executor, { user, id, before }: Question): Promise<Conversation> {
  const contact = await requireConversation(db, { user, id });
  const places = await placesOf(db, user, id, readCursor(before));
  const shown = places.slice(0, pageSize);
  const idsOf = (kind: Kind) => shown.flatMap((place) => (place.kind === kind ? [place.id] : []));
  const facts = new Map<string, object>();
  for (const item of [
    ...(await sentWithIds(db, idsOf("sent"))),
    ...(await receivedWithIds(db, user, id, idsOf("received"))),
    ...(await changesWithIds(db, idsOf("change"))),
  ]) {
    facts.set(`${item.kind}_${item.id}`, item);
  }
  const items = shown
    .flatMap(({ kind, id, ms }) => {
      const item = facts.get(`${kind}_${id}`);
      return item ? [{ ...item, at: new Date(ms) } as ThreadItem] : [];
    })
    .reverse();
  return {
    contact,
    items,
    older: places.length > pageSize ? (shown.at(-1)?.cursor ?? null) : null,
    lastReceivedId: await lastReceived(db, user, id),
  };
}

function placesOf(db: Executor, user: SignedInUser, id: number, from: Cursor | null): Promise<Place[]> {
  const older = from
    ? sql`where (at, kind, id) < (${from.at}::timestamptz, ${from.kind}, ${from.id}::bigint)`
    : sql``;
  return queryRows<Place>(
    db,
    sql`
    select kind, id::int as id, extract(epoch from at)::float8 * 1000 as ms, id || '_' || kind || '_' || at::text as cursor
    from (${happened(user, id)}) happened (kind, id, at) ${older}
    order by at desc, kind desc, id desc limit ${pageSize + 1}`,
  );
}

function happened(user: SignedInUser, id: number): SQL {
  return sql`
    select 'sent' as kind, m.id::bigint as id, coalesce(m.sent_at, m.created_at, 'epoch') at time zone 'UTC' as at
    from messages m left join campaigns k on k.id = m.campaign_id
    where m.contact_id = ${id} and ${visibleMessage(user, id)}
    union all
    select 'received', i.id::bigint, coalesce(i.received_at, 'epoch') at time zone 'UTC'
    from interactions i left join campaigns k on k.id = i.campaign_id
    where i.contact_id = ${id} and ${visibleAnswer(user, id)}
    union all
    select 'change', h.id, h.at from contact_changes h
    where h.contact_id = ${id} and h.action in ('opted_out', 'opted_in') and ${visibleChange(id)}`;
}

async function lastReceived(db: Executor, user: SignedInUser, id: number): Promise<number | null> {
  const [last] = await queryRows<{ id: number }>(
    db,
    sql`
    select i.id from interactions i left join campaigns k on k.id = i.campaign_id
    where i.contact_id = ${id} and ${visibleAnswer(user, id)}
    order by i.received_at desc nulls last, i.id desc limit 1`,
  );
  return last?.id ?? null;
}

type Cursor = { at: string; kind: string; id: string };

function readCursor(text: string | null | undefined): Cursor | null {
  const [, id, kind, at] =
    /^(\d{1,15})_(sent|received|change)_(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00)$/.exec(text ?? "") ??
    [];
  if (!id || !kind || !at || !Number.isFinite(Date.parse(`${at}:00`))) return null;
  return { id, kind, at };
}
