// Searching the history for words of the texts, and for the names and numbers of the contacts.
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { isNamed } from "#server/contacts/find-contacts.ts";
import { idsInScope, isInScope, type Scope, type Walk } from "#server/messages/history-scope.ts";

/** So many messages are looked at one by one, at a stretch: so many times as many as are wanted, and so many at most. */
const stretch = { perWanted: 8, most: 1_000, times: 8 };
/** What fewer than one message in so many matches is quickly listed by an index. */
const rare = 64;

export type Terms = {
  /** a text search query in the form of PostgreSQL; null: nothing of the search is a word */
  words: string | null;
  /** condition on a contact `c`: named so, as the list of contacts finds it; null: nobody is */
  named: SQL | null;
};

/**
 * Takes a search apart. Of the text each word may be the beginning of a longer one; case and accents do not matter. Names
 * and numbers are searched as in the list of contacts.
 */
export async function termsOf(db: Executor, search: string): Promise<Terms> {
  const words = search.split(/\s+/).filter(Boolean);
  const [query] = await queryRows<{ words: string | null }>(
    db,
    sql`
    select string_agg(lexemes || ':*', ' & ') as words from unnest(${textArray(words)}) word
    cross join lateral (select nullif(plainto_tsquery('simple', relance.plain(word))::text, '') as lexemes) q`,
  );
  return { words: query?.words ?? null, named: isNamed(search) ?? null };
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
 * First the next few hundred messages are looked at one by one, and the next of those while some match: what many messages
 * have in common is among them, and an index would list all of those. Then the indexes: what they are asked for is rare.
 */
async function searchIds(db: Executor, scope: Scope, terms: Terms, walk: Walk): Promise<number[]> {
  const { limit } = walk;
  const size = Math.min(stretch.most, stretch.perWanted * limit);
  const found: number[] = [];
  let { beyond } = walk;
  for (let times = 0; times < stretch.times; times += 1) {
    const near = await readIds(db, idsInScope(scope, { ...walk, beyond, limit: size }));
    const matching = await matchingOf(db, terms, walk, near);
    found.push(...matching);
    if (found.length >= limit || near.length < size) return found.slice(0, limit);
    beyond = near.at(-1) ?? beyond;
    if (matching.length < size / rare) break;
  }
  return [...found, ...(await indexed(db, scope, terms, { ...walk, beyond, limit: limit - found.length }))];
}

const inOrder = ({ ascending }: Walk): SQL => (ascending ? sql`order by m.id` : sql`order by m.id desc`);

/** Of these messages, those that match. */
async function matchingOf(db: Executor, terms: Terms, walk: Walk, ids: readonly number[]): Promise<number[]> {
  return readIds(
    db,
    sql`select m.id from messages m
      left join lateral (select * from contacts where id = m.contact_id limit 1) c on true
      where m.id = any (${`{${ids.join(",")}}`}::int[]) and ${matches(terms)} ${inOrder(walk)}`,
  );
}

async function indexed(db: Executor, scope: Scope, terms: Terms, walk: Walk): Promise<number[]> {
  const { limit, beyond, ascending } = walk;
  const further =
    beyond === null ? sql`` : ascending ? sql`and m.id > ${beyond}::int` : sql`and m.id < ${beyond}::int`;
  return readIds(
    db,
    sql`with hits as materialized (${hits(terms)})
      select m.id from hits cross join lateral (select * from messages where id = hits.id limit 1) m
      where ${isInScope(scope)} ${further} ${inOrder(walk)} limit ${limit}::int`,
  );
}

/** Of the rows `m` and `c`. */
function matches({ words, named }: Terms): SQL {
  const either: SQL[] = [];
  if (words !== null) either.push(sql`${searchedText} @@ ${words}::tsquery`);
  if (named) either.push(sql`(c.deleted_at is null and ${named})`);
  return either.length === 0 ? sql`false` : sql`(${sql.join(either, sql` or `)})`;
}

/** By the two indexes. */
function hits({ words, named }: Terms): SQL {
  const byText = sql`select m.id from messages m where ${words === null ? sql`false` : sql`${searchedText} @@ ${words}::tsquery`}`;
  if (!named) return byText;
  return sql`${byText} union select m.id from messages m where m.contact_id = any (array(
    select c.id from contacts c where ${named} and c.deleted_at is null))`;
}

/** As the index messages_search has it, to the letter. */
const searchedText = sql`to_tsvector('simple'::regconfig, relance.plain(m.content))`;

function textArray(values: readonly string[]): SQL {
  return sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;
}
