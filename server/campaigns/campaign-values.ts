// What a draft holds: the columns and the categories that follow from what its author chose.
import { and, eq, inArray } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { campaignCategories } from "#db/schema/campaigns.ts";
import { categories } from "#db/schema/contacts.ts";
import type { CampaignInput } from "#server/domain/inputs.ts";
import { templateVariableNames, type VariableSource } from "#server/domain/template.ts";
import { AppError } from "#server/errors.ts";
import { requireTemplate } from "#server/templates/queries.ts";
import { ownedBy, type SignedInUser } from "#server/users/ownership.ts";

/**
 * The template's text is copied, its variables keep what was chosen for them; what belongs to another template goes.
 * A draft may be incomplete: launching refuses it, naming the variable. AppError `template.not_found`.
 */
export async function campaignValues(db: Executor, input: CampaignInput) {
  const template = await requireTemplate(db, input.templateId);
  const names = new Set([...templateVariableNames(template.body), ...Object.keys(template.variables)]);
  const contentVariables: Record<string, VariableSource> = Object.fromEntries(
    Object.entries(input.variables).filter(([name]) => names.has(name)),
  );
  return {
    name: input.name,
    message1: template.body,
    message2: input.messageTwo,
    templateName: template.name.slice(0, 100),
    contentSid: template.contentSid,
    contentVariables,
  };
}

type Targets = { user: SignedInUser; campaignId: number; categoryIds: number[] };

/** Aims a campaign at exactly these categories. One that is not the user's is not found. */
export async function setCampaignCategories(
  db: Executor,
  { user, campaignId, categoryIds }: Targets,
): Promise<void> {
  const wanted = [...new Set(categoryIds)];
  const found = await db
    .select({ id: categories.id })
    .from(categories)
    .where(and(inArray(categories.id, wanted), ownedBy(user, categories.createdBy)))
    .for("key share");
  if (found.length < wanted.length) throw new AppError("category.not_found");
  await db.delete(campaignCategories).where(eq(campaignCategories.campaignId, campaignId));
  await db.insert(campaignCategories).values(wanted.map((categoryId) => ({ campaignId, categoryId })));
}
