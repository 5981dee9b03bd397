// The history of messages across campaigns, the newest first (design.md 8: as fast with a million as with a thousand).
import { type Executor, queryRows } from "#db/client.ts";
import type { MessageHistoryInput } from "#server/domain/inputs.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { turnPage } from "#server/lists/turn-page.ts";
import {
  type HistoryQuery,
  idsInScope,
  rowsInScope,
  type Scope,
  scopeOf,
  type Walk,
} from "#server/messages/history-scope.ts";
import { searchIds, termsOf } from "#server/messages/history-search.ts";
import { messagesWithIds } from "#server/messages/queries.ts";
import type { MessageHistory } from "#server/messages/views.ts";

const pageSize = 50;

type PageQuery = HistoryQuery & Pick<MessageHistoryInput, "after" | "before">;

/** One page of the messages of the user's campaigns, and of those outside any campaign that they wrote (`turnPage`). */
export async function listHistory(db: Executor, query: PageQuery): Promise<MessageHistory> {
  const { scope, walk } = await historyOf(db, query);
  const { rows: ids, ...turns } = await turnPage(query, {
    size: pageSize,
    read: ({ from, backwards, limit }) => walk({ limit, beyond: from, ascending: backwards }),
    cursorOf: (id) => id,
  });
  const rows = await messagesWithIds(db, ids);
  if (!query.search) return { rows, ...turns, ...(await countUpTo(db, rowsInScope(scope))) };
  return { rows, ...turns, total: rows.length, totalIsMore: turns.previous !== null || turns.next !== null };
}

type History = { scope: Scope; walk: (walk: Walk) => Promise<number[]> };

/** The history a query is about, and the way along the ids of its messages. */
export async function historyOf(db: Executor, query: HistoryQuery): Promise<History> {
  const scope = await scopeOf(db, query);
  const terms = query.search ? await termsOf(db, query.search) : null;
  const walk = async (walk: Walk) => {
    if (terms) return searchIds(db, scope, { terms, ...walk });
    const rows = await queryRows<{ id: number }>(db, idsInScope(scope, walk));
    return rows.map(({ id }) => id);
  };
  return { scope, walk };
}
