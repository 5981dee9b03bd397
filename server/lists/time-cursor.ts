// Where a page of a list ordered by time begins: the time as the database writes it, to the microsecond, and the id.

export type TimeCursor = { id: number; at: string };

/** As it stands in an address. */
export function writeTimeCursor({ id, at }: TimeCursor): string {
  return `${id}_${at}`;
}

/** Null for a text that is no such cursor. */
export function readTimeCursor(text: string | null | undefined): TimeCursor | null {
  const [, id, at] = /^([1-9]\d{0,8})_(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00)$/.exec(text ?? "") ?? [];
  if (!id || !at || !Number.isFinite(Date.parse(`${at}:00`))) return null;
  return { id: Number(id), at };
}
