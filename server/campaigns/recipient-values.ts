// The template's variables filled for each recipient, as SQL: a launch writes 100,000 rows in one statement.
import { type SQL, sql } from "drizzle-orm";
import type { ContactField, VariableSource } from "#server/domain/template.ts";
import { templateParts } from "#server/domain/template.ts";

export type VariableSources = Record<string, VariableSource>;

const fieldSql: Record<ContactField, SQL> = {
  firstName: sql`btrim(c.first_name)`,
  lastName: sql`btrim(c.last_name)`,
  fullName: sql`btrim(concat_ws(' ', btrim(c.first_name), btrim(c.last_name)))`,
  phone: sql`c.full_number`,
};

/** The value of one variable for contact `c`; NULL where the contact has none and no fallback is given. */
export function variableValue(source: VariableSource): SQL {
  if (source.type === "literal") return sql`${source.value}::text`;
  return sql`coalesce(nullif(${fieldSql[source.field]}, ''), ${source.fallback?.trim() || null}::text)`;
}

/** `{"1": …}` as Twilio's ContentVariables take it (criterion 3.2). */
export function contentVariables(names: readonly string[], sources: VariableSources): SQL {
  const pairs = names.flatMap((name) => {
    const source = sources[name];
    return source ? [sql`${name}::text, ${variableValue(source)}`] : [];
  });
  return sql`jsonb_build_object(${sql.join(pairs, sql`, `)})`;
}

/** The text the recipient reads. Values are concatenated, so one that looks like a placeholder stays what it is. */
export function renderedText(body: string, sources: VariableSources): SQL {
  const parts = templateParts(body).map((part) => {
    if ("text" in part) return sql`${part.text}::text`;
    const source = sources[part.variable];
    return source ? variableValue(source) : sql`${`{{${part.variable}}}`}::text`;
  });
  return sql`concat(${sql.join(parts, sql`, `)})`;
}
