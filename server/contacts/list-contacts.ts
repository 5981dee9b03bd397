// The list of contacts, page after page by keys: no page costs more than the first, however far it is.
import { and, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { categoriesOf } from "#server/contacts/categories-of.ts";
import { c, type FilterQuery, foundContacts } from "#server/contacts/find-contacts.ts";
import type { ContactPage } from "#server/contacts/views.ts";
import type { ContactSort } from "#server/domain/inputs.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { type Reading, type Turn, turnPage } from "#server/lists/turn-page.ts";

const pageSize = 50;

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

type ListQuery = FilterQuery & { sort?: ContactSort } & Turn<string>;

/** One page of the user's contacts that the filter shows (`turnPage`). A text that is no cursor gives the first. */
export async function listContacts(
  db: Executor,
  { sort: asked = "recent", after, before, ...query }: ListQuery,
): Promise<ContactPage> {
  const found = foundContacts(query);
  // none of them ever wrote: by that they are all the same, and at the end of its index
  const sort = asked === "inbound" && query.filter.state === "unknown" ? "recent" : asked;
  const page = await turnPage(
    { after: readCursor(after, sort), before: readCursor(before, sort) },
    {
      size: pageSize,
      read: (reading) => readContacts(db, { found, sort, ...reading }),
      cursorOf: ({ id, key }) => ({ id, key }),
    },
  );
  const categories = await categoriesOf(db, {
    user: query.user,
    contactIds: page.rows.map(({ id }) => id),
  });
  const rows = page.rows.map(({ key: _, ...row }) => ({ ...row, categories: categories.get(row.id) ?? [] }));
  return {
    rows,
    previous: page.previous && writeCursor(page.previous),
    next: page.next && writeCursor(page.next),
    ...(await countUpTo(db, sql`select from contacts c where ${found}`)),
  };
}

type Cursor = { id: number; key: string };
type Asked = { found: SQL | undefined; sort: ContactSort };

async function readContacts(db: Executor, { found, sort, from, backwards, limit }: Reading<Cursor> & Asked) {
  const { key, descending, cast } = orders[sort];
  const downwards = descending !== backwards;
  const sign = downwards ? sql`<` : sql`>`;
  const place = key ? sql`(${key}, c.id)` : sql`c.id`;
  const origin = from && (key ? sql`(${from.key}::${cast}, ${from.id}::int)` : sql`${from.id}::int`);
  const direction = downwards ? sql`desc` : sql`asc`;
  return db
    .select({ ...rowColumns, key: key ? sql<string>`(${key})::text` : sql<string>`''` })
    .from(c)
    .where(and(found, origin ? sql`${place} ${sign} ${origin}` : undefined))
    .orderBy(...(key ? [sql`${key} ${direction}`] : []), sql`c.id ${direction}`)
    .limit(limit);
}

function writeCursor({ id, key }: Cursor): string {
  return key === "" ? String(id) : `${id}_${key}`;
}

function readCursor(text: string | null | undefined, sort: ContactSort): Cursor | null {
  const [, id, key = ""] = /^([1-9]\d{0,8})(?:_(.*))?$/s.exec(text ?? "") ?? [];
  return id && orders[sort].isKey(key) ? { id: Number(id), key } : null;
}
