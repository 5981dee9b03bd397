// Reading templates: they are the account's, so every admin sees all of them.
import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { templates } from "#db/schema/campaigns.ts";
import { AppError } from "#server/errors.ts";
import type { TemplateRow } from "#server/templates/views.ts";

/** The default template first, then the sandbox's, then the account's by name. Without those gone from the account. */
export async function listTemplates(db: Executor): Promise<TemplateRow[]> {
  return db
    .select()
    .from(templates)
    .where(isNull(templates.removedAt))
    .orderBy(
      desc(templates.isDefault),
      sql`${templates.source} = 'account'`,
      asc(templates.name),
      templates.id,
    );
}

/** The template asked for, or the default one when none is (criterion 3.3). AppError `template.not_found`. */
export async function requireTemplate(db: Executor, id: number | null | undefined): Promise<TemplateRow> {
  const [template] = await db
    .select()
    .from(templates)
    .where(and(id ? eq(templates.id, id) : eq(templates.isDefault, true), isNull(templates.removedAt)));
  if (!template) throw new AppError("template.not_found");
  return template;
}
