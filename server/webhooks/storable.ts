/** PostgreSQL takes no NUL in its texts and no half of a surrogate pair in its JSON: the replacement character instead. */
export const storable = (value: string): string =>
  value.replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
