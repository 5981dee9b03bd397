/** PostgreSQL's text takes every character but NUL, which becomes the replacement character. */
export const storable = (value: string): string => value.replaceAll("\u0000", "\uFFFD");
