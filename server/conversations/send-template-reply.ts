import type { Executor } from "#db/client.ts";
import { type QueuedReply, queueReply, type ReplySettings } from "#server/conversations/queue-reply.ts";
import { renderTemplate, templateVariableNames, variableProblem } from "#server/domain/template.ts";
import { AppError } from "#server/errors.ts";
import { requireTemplate } from "#server/templates/queries.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type TemplateReply = {
  user: SignedInUser;
  env: ReplySettings;
  id: number;
  key: string;
  templateId: number;
  values: Record<string, string>;
};

/**
 * Writes to a contact by an approved template, whether or not the window is open (`queueReply`). AppErrors
 * template.not_found, template.not_configured, campaign.variable_invalid beside those of `queueReply`.
 */
export async function sendTemplateReply(
  db: Executor,
  { templateId, values, key, ...reply }: TemplateReply,
): Promise<QueuedReply> {
  return db.transaction(async (tx) => {
    const { contentSid, body } = await requireTemplate(tx, templateId);
    if (!contentSid) throw new AppError("template.not_configured");
    const given = new Map(Object.entries(values));
    const filled = templateVariableNames(body).map((variable) => {
      const value = given.get(variable)?.trim();
      const problem = variableProblem(value);
      if (problem) throw new AppError("campaign.variable_invalid", { variable, problem, contacts: 0 });
      return [variable, value as string] as const;
    });
    const contentVariables = Object.fromEntries(filled);
    return queueReply(tx, {
      ...reply,
      dedupeKey: `reply:${reply.user.id}:${key}`,
      text: renderTemplate(body, contentVariables),
      contentSid,
      contentVariables,
    });
  });
}
