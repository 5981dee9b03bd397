// The history of messages across campaigns, the newest first (design.md 8: as fast with a million as with a thousand).
import type { Executor } from "#db/client.ts";
import type { MessageHistoryInput } from "#server/domain/inputs.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { turnPage } from "#server/lists/turn-page.ts";
import { type HistoryQuery, rowsInScope, scopeOf } from "#server/messages/history-scope.ts";
import { findIds, termsOf } from "#server/messages/history-search.ts";
import { messagesWithIds } from "#server/messages/queries.ts";
import type { MessageHistory } from "#server/messages/views.ts";

const pageSize = 50;

/** One page of the messages of the user's campaigns, and of those outside any campaign that they wrote (`turnPage`). */
export async function listHistory(
  db: Executor,
  query: HistoryQuery & MessageHistoryInput,
): Promise<MessageHistory> {
  const scope = await scopeOf(db, query);
  const terms = query.search ? await termsOf(db, query.search) : null;
  const { rows: ids, ...turns } = await turnPage(query, {
    size: pageSize,
    read: ({ from, backwards, limit }) =>
      findIds(db, scope, { terms, limit, beyond: from, ascending: backwards }),
    cursorOf: (id) => id,
  });
  const rows = await messagesWithIds(db, ids);
  if (!terms) return { rows, ...turns, ...(await countUpTo(db, rowsInScope(scope))) };
  return { rows, ...turns, total: rows.length, totalIsMore: turns.previous !== null || turns.next !== null };
}
