// The template's variables filled for each recipient, as SQL: a launch writes 100,000 rows in one statement.
import { type SQL, sql } from "drizzle-orm";
import { type ContactField, templateParts, type VariableSource } from "#server/domain/template.ts";

export type VariableSources = Record<string, VariableSource>;

/** What `trim()` takes away; PostgreSQL's own btrim knows the plain space alone, and a name may be a no-break space. */
const blanks =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

const trimmed = (text: SQL) => sql`btrim(${text}, ${blanks}::text)`;

const fieldSql: Record<ContactField, SQL> = {
  firstName: trimmed(sql`c.first_name`),
  lastName: trimmed(sql`c.last_name`),
  fullName: trimmed(sql`concat_ws(' ', ${trimmed(sql`c.first_name`)}, ${trimmed(sql`c.last_name`)})`),
  phone: sql`c.full_number`,
};

/** What fills a variable; one may bear the name of something every object has, such as `constructor`. */
export function sourceOf(sources: VariableSources, variable: string): VariableSource | undefined {
  return Object.hasOwn(sources, variable) ? sources[variable] : undefined;
}

/** The value of one variable for contact `c`; NULL where the contact has none and no fallback is given. */
export function variableValue(source: VariableSource): SQL {
  if (source.type === "literal") return sql`${source.value}::text`;
  return sql`coalesce(nullif(${fieldSql[source.field]}, ''), ${source.fallback?.trim() || null}::text)`;
}

/** `{"1": …}` as Twilio's ContentVariables take it (criterion 3.2). */
export function contentVariables(names: readonly string[], sources: VariableSources): SQL {
  const pairs = names.flatMap((name) => {
    const source = sourceOf(sources, name);
    return source ? [sql`${name}::text, ${variableValue(source)}`] : [];
  });
  return sql`jsonb_build_object(${sql.join(pairs, sql`, `)})`;
}

/** The text the recipient reads. Values are concatenated, so one that looks like a placeholder stays what it is. */
export function renderedText(body: string, sources: VariableSources): SQL {
  const parts = templateParts(body).map((part) => {
    if ("text" in part) return sql`${part.text}::text`;
    const source = sourceOf(sources, part.variable);
    return source ? variableValue(source) : sql`${`{{${part.variable}}}`}::text`;
  });
  return sql`concat(${sql.join(parts, sql`, `)})`;
}
