// Text that no column of the database holds is refused before any procedure sees it.

/** No input of ours is deeper; one that is holds nothing a procedure would take. */
const maxDepth = 20;

/** PostgreSQL refuses NUL in its texts, and half a surrogate pair in its JSON. */
const unstorable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Where an input holds what the database cannot; empty when all of it can be kept. Without recursion: depth is cheap to send. */
export function unstorablePaths(input: unknown): string[][] {
  const found: string[][] = [];
  const left: { value: unknown; path: string[] }[] = [{ value: input, path: [] }];
  for (let at = left.pop(); at; at = left.pop()) {
    const { value, path } = at;
    if (typeof value === "string" && unstorable.test(value)) found.push(path);
    // bytes are no text
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    if (path.length === maxDepth) found.push(path);
    else
      for (const [name, part] of Object.entries(value)) {
        if (unstorable.test(name)) found.push(path);
        left.push({ value: part, path: [...path, name] });
      }
  }
  return found;
}
