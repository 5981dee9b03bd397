// The list of contacts, page after page by keys: no page costs more than the first, however far it is.
import { and, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import { c, type FilterQuery, foundContacts } from "#server/contacts/find-contacts.ts";
import type { ContactPage } from "#server/contacts/views.ts";
import type { ContactSort } from "#server/domain/inputs.ts";

const pageSize = 50;
/** Further than this nobody counts with their eyes, and the database need not either. */
const countedUpTo = 1000;

export const rowColumns = {
  id: c.id,
  fullNumber: c.fullNumber,
  firstName: c.firstName,
  lastName: c.lastName,
  sandboxJoinedAt: c.sandboxJoinedAt,
  sandboxLeftAt: c.sandboxLeftAt,
  lastInboundAt: c.lastInboundAt,
  optedOutAt: c.optedOutAt,
  flag: c.flag,
  createdAt: c.createdAt,
};

type Order = {
  /** what the contacts are ordered by before their id, exactly as an index has it */
  key: SQL | null;
  descending: boolean;
  /** whether a text can be such a key */
  isKey: (text: string) => boolean;
  cast: SQL;
};

const orders: Record<ContactSort, Order> = {
  recent: { key: null, descending: true, isKey: () => true, cast: sql`text` },
  name: {
    key: sql`coalesce(nullif(relance.plain(
      btrim(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, ''))), ''), '~') collate "C"`,
    descending: false,
    isKey: (text) => text !== "",
    cast: sql`text`,
  },
  inbound: {
    key: sql`coalesce(c.last_inbound_at, '-infinity'::timestamptz)`,
    descending: true,
    isKey: (text) =>
      text === "-infinity" ||
      (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/.test(text) &&
        Number.isFinite(Date.parse(`${text}:00`))),
    cast: sql`timestamptz`,
  },
};

type ListQuery = FilterQuery & { sort?: ContactSort; after?: string | null; before?: string | null };

/**
 * One page of the user's contacts that the filter shows: after a cursor, before one, or the first. A cursor beyond either
 * end gives the page at that end, as when the last contact of a page was deleted; a text that is none the first.
 */
export async function listContacts(
  db: Executor,
  { sort = "recent", after, before, ...query }: ListQuery,
): Promise<ContactPage> {
  const found = foundContacts(query);
  const at = readCursor(after || before, sort);
  const read = (from: Cursor | null, backwards: boolean) => readPage(db, { found, sort, from, backwards });
  let page = await read(at, at !== null && !after);
  if (at && after && page.rows.length === 0) page = await read(null, true);
  if (at && !after && page.previous === null) page = await read(null, false);
  const categories = await categoriesOf(
    db,
    page.rows.map(({ id }) => id),
  );
  const rows = page.rows.map(({ cursor: _, ...row }) => ({
    ...row,
    categories: categories.get(row.id) ?? [],
  }));
  const total = await countUpTo(db, found);
  return {
    rows,
    total: Math.min(total, countedUpTo),
    totalIsMore: total > countedUpTo,
    previous: page.previous,
    next: page.next,
  };
}

type Cursor = { id: number; key: string };
type PageQuery = { found: SQL | undefined; sort: ContactSort; from: Cursor | null; backwards: boolean };

async function readPage(db: Executor, { found, sort, from, backwards }: PageQuery) {
  const { key, descending, cast } = orders[sort];
  const downwards = descending !== backwards;
  const sign = downwards ? sql`<` : sql`>`;
  const place = key ? sql`(${key}, c.id)` : sql`c.id`;
  const origin = from && (key ? sql`(${from.key}::${cast}, ${from.id}::int)` : sql`${from.id}::int`);
  const direction = downwards ? sql`desc` : sql`asc`;
  const rows = await db
    .select({
      ...rowColumns,
      cursor: key ? sql<string>`c.id || '_' || (${key})::text` : sql<string>`c.id::text`,
    })
    .from(c)
    .where(and(found, origin ? sql`${place} ${sign} ${origin}` : undefined))
    .orderBy(...(key ? [sql`${key} ${direction}`] : []), sql`c.id ${direction}`)
    .limit(pageSize + 1);
  const isMore = rows.length > pageSize;
  const shown = rows.slice(0, pageSize);
  if (backwards) shown.reverse();
  const [first, last] = [shown[0]?.cursor ?? null, shown.at(-1)?.cursor ?? null];
  return {
    rows: shown,
    previous: (backwards ? isMore : from !== null) ? first : null,
    next: (backwards ? from !== null : isMore) ? last : null,
  };
}

function readCursor(text: string | null | undefined, sort: ContactSort): Cursor | null {
  const [, id, key = ""] = /^([1-9]\d{0,8})(?:_(.*))?$/s.exec(text ?? "") ?? [];
  return id && orders[sort].isKey(key) ? { id: Number(id), key } : null;
}

async function countUpTo(db: Executor, found: SQL | undefined): Promise<number> {
  const [counted] = await queryRows<{ total: number }>(
    db,
    sql`select count(*)::int as total from (select from contacts c where ${found} limit ${countedUpTo + 1}) counted`,
  );
  return counted?.total ?? 0;
}
