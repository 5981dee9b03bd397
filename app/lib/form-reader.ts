// Reads posted fields into the shapes procedures take. What is missing or malformed becomes what their schemas refuse,
// so that every judgement and its text stay with the schemas.

export type FormReader = {
  data: FormData;
  /** empty when absent */
  text: (name: string) => string;
  /** NaN when it is no number */
  id: (name: string) => number;
  ids: (name: string) => number[];
};

export function readForm(data: FormData): FormReader {
  const text = (name: string) => {
    const value = data.get(name);
    // no text of ours holds a NUL, and PostgreSQL refuses it
    return typeof value === "string" ? value.replaceAll("\0", "") : "";
  };
  return {
    data,
    text,
    id: (name) => Number(text(name) || Number.NaN),
    ids: (name) => data.getAll(name).map(Number),
  };
}
