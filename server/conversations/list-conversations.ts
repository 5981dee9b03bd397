// The inbox: the user's contacts who wrote, or were written to by hand, the latest first.
import { and, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { contacts } from "#db/schema/contacts.ts";
import { idArray } from "#server/contacts/choose-contacts.ts";
import { c, foundContacts, type Hours } from "#server/contacts/find-contacts.ts";
import { hasUnread, unreadAnswers, visibleAnswer, visibleMessage } from "#server/contacts/visible-history.ts";
import type { InboxPage, InboxRow } from "#server/conversations/views.ts";
import type { InboxInput } from "#server/domain/inputs.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { readTimeCursor, type TimeCursor, writeTimeCursor } from "#server/lists/time-cursor.ts";
import { type Reading, turnPage } from "#server/lists/turn-page.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

const pageSize = 25;
const countedUnread = 100;

type InboxQuery = InboxInput & { user: SignedInUser; env: Hours };

/** One page of the inbox (`turnPage`), searched by names and numbers and filtered. */
export async function listConversations(db: Executor, query: InboxQuery): Promise<InboxPage> {
  const found = conversations(query);
  const page = await turnPage(
    { after: readTimeCursor(query.after), before: readTimeCursor(query.before) },
    {
      size: pageSize,
      read: (reading) => readPage(db, found, reading),
      cursorOf: ({ id, at }) => ({ id, at }),
    },
  );
  const ids = page.rows.map(({ id }) => id);
  const [previews, unread] = [await previewsOf(db, query.user, ids), await unreadOf(db, query.user, ids)];
  return {
    rows: page.rows.map(({ at: _, ...row }) => ({
      ...row,
      unread: unread.get(row.id) ?? 0,
      preview: previews.get(row.id) ?? null,
    })),
    previous: page.previous && writeTimeCursor(page.previous),
    next: page.next && writeTimeCursor(page.next),
    ...(await countFound(db, found)),
  };
}

/** How many of the user's conversations have something unread, counted to a hundred: every page shows it, as "99+" beyond. */
export async function countUnread(
  db: Executor,
  { user, env }: { user: SignedInUser; env: Hours },
): Promise<number> {
  const { total } = await countFound(db, conversations({ user, env, search: null, filter: "unread" }), 100);
  return total;
}

/** In their order, so that they are read along the index no further than they are counted. */
function countFound(db: Executor, found: SQL | undefined, most?: number) {
  return countUpTo(
    db,
    sql`select from contacts c where ${found} order by c.conversed_at desc, c.id desc`,
    most,
  );
}

function conversations({ user, env, search, filter }: Omit<InboxQuery, "after" | "before">): SQL | undefined {
  const situation = filter === "unread" ? null : filter;
  return and(
    foundContacts({ user, env, filter: { search, situation } }),
    sql`c.conversed_at is not null`,
    filter === "unread" ? hasUnread(user) : undefined,
  );
}

async function readPage(
  db: Executor,
  found: SQL | undefined,
  { from, backwards, limit }: Reading<TimeCursor>,
) {
  const beyond =
    from &&
    sql`(c.conversed_at, c.id) ${backwards ? sql`>` : sql`<`} (${from.at}::timestamptz, ${from.id}::int)`;
  const direction = backwards ? sql`asc` : sql`desc`;
  return db
    .select({
      id: c.id,
      fullNumber: c.fullNumber,
      firstName: c.firstName,
      lastName: c.lastName,
      sandboxJoinedAt: c.sandboxJoinedAt,
      sandboxLeftAt: c.sandboxLeftAt,
      lastInboundAt: c.lastInboundAt,
      optedOutAt: c.optedOutAt,
      flag: c.flag,
      conversedAt: sql<Date>`${c.conversedAt}`.mapWith(contacts.conversedAt),
      at: sql<string>`${c.conversedAt}::text`,
    })
    .from(c)
    .where(and(found, beyond ?? undefined))
    .orderBy(sql`c.conversed_at ${direction}`, sql`c.id ${direction}`)
    .limit(limit);
}

async function unreadOf(
  db: Executor,
  user: SignedInUser,
  ids: readonly number[],
): Promise<Map<number, number>> {
  const rows = await queryRows<{ id: number; count: number }>(
    db,
    sql`
    select c.id, u.count from contacts c cross join lateral (
      select count(*)::int as count from (${unreadAnswers(user)} limit ${countedUnread}) counted) u
    where c.id = any (${idArray(ids)})`,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

type PreviewRow = {
  id: number;
  sender: "contact" | "us";
  body: string;
  status: string | null;
  media: boolean;
  place: boolean;
};

async function previewsOf(
  db: Executor,
  user: SignedInUser,
  ids: readonly number[],
): Promise<Map<number, InboxRow["preview"]>> {
  const id = sql`c.id`;
  const rows = await queryRows<PreviewRow>(
    db,
    sql`
    select c.id, last.* from unnest(${idArray(ids)}) c (id) cross join lateral (
      select * from (
        (select 'us' as sender, left(m.content, 200) as body, coalesce(m.status, 'pending') as status, false as media,
            false as place, coalesce(m.sent_at, m.created_at) as at
          from messages m left join campaigns k on k.id = m.campaign_id
          where m.contact_id = c.id and ${visibleMessage(user, id)}
          order by coalesce(m.sent_at, m.created_at) desc nulls last, m.id desc limit 1)
        union all
        (select 'contact', left(coalesce(i.content, ''), 200), null, i.details ? 'media', i.details ? 'Latitude', i.received_at
          from interactions i left join campaigns k on k.id = i.campaign_id
          where i.contact_id = c.id and ${visibleAnswer(user, id)}
          order by i.received_at desc nulls last, i.id desc limit 1)) said
      order by at desc nulls last limit 1) last`,
  );
  return new Map(
    rows.map(({ id, sender, body, status, media, place }) => [
      id,
      {
        from: sender,
        text: body,
        beside: body === "" ? (media ? "media" : place ? "location" : null) : null,
        status: status as NonNullable<InboxRow["preview"]>["status"],
      },
    ]),
  );
}
