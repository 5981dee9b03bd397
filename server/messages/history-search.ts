// Searching the history for words of the texts, and for the names and numbers of the contacts.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { idsInScope, isInScope, type Scope, type Walk } from "#server/messages/history-scope.ts";

/** So many times as many messages as are wanted are looked at for words that most have in common. */
const lookedAt = 8;
/** Shorter parts of a name are in too many contacts for an index to help. */
const shortestPart = 3;

export type Terms = {
  /** a text search query in the form of PostgreSQL; null: nothing of the search is a word */
  words: string | null;
  /** for `like`: each has to be in the contact's name or number */
  parts: string[];
};

/**
 * Takes a search apart. Each word may be the beginning of a longer one; case and accents do not matter. A number is
 * searched by its digits, written with spaces, with +33 or with 0.
 */
export async function termsOf(db: Executor, search: string): Promise<Terms> {
  const digits = /^[\d\s+().-]+$/.test(search) ? search.replace(/\D/g, "").replace(/^0+/, "") : "";
  const words = search.split(/\s+/).filter(Boolean);
  const [query] = await queryRows<{ words: string | null; parts: string[] }>(
    db,
    sql`
    select string_agg(lexemes || ':*', ' & ') as words, coalesce(array_agg(plain order by nr), '{}') as parts
    from unnest(${textArray(words)}) with ordinality w (word, nr)
    cross join lateral (select relance.plain(word) as plain) p
    cross join lateral (select nullif(plainto_tsquery('simple', plain)::text, '') as lexemes) q`,
  );
  const parts = digits ? [digits] : (query?.parts ?? []);
  return { words: query?.words ?? null, parts: parts.map((part) => `%${part.replace(/[\\%_]/g, "\\$&")}%`) };
}

/** The ids of the messages in scope that match, in the order of the walk: all there are when fewer than `limit` come back. */
export async function findIds(
  db: Executor,
  scope: Scope,
  { terms, ...walk }: Walk & { terms: Terms | null },
): Promise<number[]> {
  return terms ? searchIds(db, scope, terms, walk) : readIds(db, idsInScope(scope, walk));
}

async function readIds(db: Executor, query: SQL): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(db, query);
  return rows.map(({ id }) => id);
}

/**
 * First the next few hundred messages are looked at one by one: what many messages have in common is among them, and an
 * index would list all of those. Then the indexes: what they are asked for is rare.
 */
async function searchIds(db: Executor, scope: Scope, terms: Terms, walk: Walk): Promise<number[]> {
  const { limit, beyond, ascending } = walk;
  const order = ascending ? sql`order by m.id` : sql`order by m.id desc`;
  const near = await readIds(db, idsInScope(scope, { ...walk, limit: lookedAt * limit }));
  const found = await readIds(
    db,
    sql`select m.id from messages m
      left join lateral (select * from contacts where id = m.contact_id limit 1) k on true
      where m.id = any (${`{${near.join(",")}}`}::int[]) and ${matches(terms)} ${order} limit ${limit}::int`,
  );
  if (found.length === limit || near.length < lookedAt * limit) return found;
  const further =
    beyond === null ? sql`` : ascending ? sql`and m.id > ${beyond}::int` : sql`and m.id < ${beyond}::int`;
  return readIds(
    db,
    sql`with hits as materialized (${hits(terms)})
      select m.id from hits cross join lateral (select * from messages where id = hits.id limit 1) m
      where ${isInScope(scope)} ${further} ${order} limit ${limit}::int`,
  );
}

/** Of the rows `m` and `k`. */
function matches({ words, parts }: Terms): SQL {
  const either: SQL[] = [];
  if (words !== null) either.push(sql`${searchedText} @@ ${words}::tsquery`);
  if (parts.length > 0)
    either.push(sql`(k.deleted_at is null and ${searchedContact} like all (${textArray(parts)}))`);
  return either.length === 0 ? sql`false` : sql`(${sql.join(either, sql` or `)})`;
}

/** By the two indexes. Names are looked for when a part is long enough for the index of their letters. */
function hits({ words, parts }: Terms): SQL {
  const byText = sql`select m.id from messages m where ${words === null ? sql`false` : sql`${searchedText} @@ ${words}::tsquery`}`;
  if (!parts.some((part) => part.length - 2 >= shortestPart)) return byText;
  const each = parts.map((part) => sql`${searchedContact} like ${part}`);
  return sql`${byText} union select m.id from messages m where m.contact_id = any (array(
    select k.id from contacts k where ${sql.join(each, sql` and `)} and k.deleted_at is null))`;
}

/** As the indexes messages_search and contacts_search have them, to the letter. */
const searchedText = sql`to_tsvector('simple'::regconfig, relance.plain(m.content))`;
const searchedContact = sql`relance.plain(
  coalesce(k.first_name, '') || ' ' || coalesce(k.last_name, '') || ' ' || k.full_number)`;

function textArray(values: readonly string[]): SQL {
  return sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;
}
