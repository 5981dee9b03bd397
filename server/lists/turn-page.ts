// Long lists, page after page by keys: no page costs more than the first, however far it is.

/** Where to go from: the page after a row, or the one before it; neither: the first. */
export type Turn<Cursor> = { after?: Cursor | null | undefined; before?: Cursor | null | undefined };

/** A page, and the cursors before and after which the pages beside it begin; null where there is none. */
export type Page<Row, Cursor> = { rows: Row[]; previous: Cursor | null; next: Cursor | null };

export type Reading<Cursor> = {
  /** null: from the list's end */
  from: Cursor | null;
  /** rows before it, the nearest first, instead of those after it in the list's order */
  backwards: boolean;
  /** rows at most */
  limit: number;
};

type List<Row, Cursor> = {
  size: number;
  read: (reading: Reading<Cursor>) => Promise<Row[]>;
  cursorOf: (row: Row) => Cursor;
};

/**
 * The page a turn leads to. Beyond either end it is the page at that end, as when the last row of a page was deleted; a
 * page of earlier rows that would not be full is the first one.
 */
export async function turnPage<Row, Cursor>(
  { after, before }: Turn<Cursor>,
  { size, read, cursorOf }: List<Row, Cursor>,
): Promise<Page<Row, Cursor>> {
  const pageOf = async (from: Cursor | null, backwards: boolean): Promise<Page<Row, Cursor>> => {
    const found = await read({ from, backwards, limit: size + 1 });
    const isMore = found.length > size;
    const rows = found.slice(0, size);
    if (backwards) rows.reverse();
    const [first, last] = [rows[0], rows.at(-1)];
    const [hasPrevious, hasNext] = backwards ? [isMore, from !== null] : [from !== null, isMore];
    return {
      rows,
      previous: hasPrevious && first ? cursorOf(first) : null,
      next: hasNext && last ? cursorOf(last) : null,
    };
  };
  if (after) {
    const page = await pageOf(after, false);
    return page.rows.length > 0 ? page : pageOf(null, true);
  }
  if (before) {
    const page = await pageOf(before, true);
    if (page.previous !== null) return page;
  }
  return pageOf(null, false);
}
