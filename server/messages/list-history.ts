// The history of messages across campaigns, the newest first (design.md 8: as fast with a million as with a thousand).
import { type Executor, queryRows } from "#db/client.ts";
import { countInScope, type HistoryQuery, idsInScope, scopeOf } from "#server/messages/history-scope.ts";
import { searchIds, termsOf } from "#server/messages/history-search.ts";
import { messagesWithIds } from "#server/messages/queries.ts";
import type { MessageHistory } from "#server/messages/views.ts";

const pageSize = 50;
/** Counts end here: "plus de 1 000". */
const countedAtMost = 1_000;

/**
 * One page of the messages of the user's campaigns, and of those outside any campaign that they wrote. `after` an id come
 * older ones, `before` an id newer ones.
 */
export async function listHistory(db: Executor, query: HistoryQuery): Promise<MessageHistory> {
  const scope = await scopeOf(db, query);
  const terms = query.search ? await termsOf(db, query.search) : null;
  const idsOf = async (beyond: number | null, ascending: boolean, limit: number) => {
    if (terms) return searchIds(db, scope, { terms, limit, beyond, ascending });
    const rows = await queryRows<{ id: number }>(db, idsInScope(scope, { limit, beyond, ascending }));
    return rows.map(({ id }) => id);
  };
  const { ids, ...cursors } = await turnPage(query, idsOf);
  const rows = await messagesWithIds(db, ids);
  if (terms) {
    const complete = cursors.before === null && cursors.after === null;
    return { rows, ...cursors, total: { count: rows.length, more: !complete } };
  }
  const [counted] = await queryRows<{ count: number }>(db, countInScope(scope, countedAtMost + 1));
  const count = counted?.count ?? 0;
  return { rows, ...cursors, total: { count: Math.min(count, countedAtMost), more: count > countedAtMost } };
}

type IdsOf = (beyond: number | null, ascending: boolean, limit: number) => Promise<number[]>;

/** A page and where its neighbours begin. A page of newer ones that is not full is the first page. */
async function turnPage(
  { before, after }: Pick<HistoryQuery, "before" | "after">,
  idsOf: IdsOf,
): Promise<{ ids: number[]; before: number | null; after: number | null }> {
  if (before) {
    const newer = await idsOf(before, true, pageSize + 1);
    if (newer.length > pageSize) {
      const ids = newer.slice(0, pageSize).reverse();
      return { ids, before: ids[0] ?? null, after: ids.at(-1) ?? null };
    }
  }
  const beyond = before ? null : (after ?? null);
  const found = await idsOf(beyond, false, pageSize + 1);
  const ids = found.slice(0, pageSize);
  return {
    ids,
    before: beyond === null ? null : (ids[0] ?? beyond),
    after: found.length > pageSize ? (ids.at(-1) ?? null) : null,
  };
}
