// What keeps a draft from being launched, as far as its page can tell; the launch itself looks at every contact.
import type { fr } from "#app/i18n/fr.ts";
import type { Audience, CampaignDetail } from "#server/campaigns/views.ts";
import { templateVariableNames, type VariableSource, variableProblem } from "#server/domain/template.ts";

export type LaunchBlock = Exclude<keyof typeof fr.campaigns.launch.blocked, "title">;

type Draft = Pick<CampaignDetail, "template" | "messageOne" | "variables">;

export function launchBlocks({ template, messageOne, variables }: Draft, audience: Audience): LaunchBlock[] {
  const unfilled = templateVariableNames(messageOne).some((name) => !isFilled(variables[name]));
  const blocks: (LaunchBlock | false)[] = [
    (!template || template.removed) && "removed",
    template?.contentSid === null && "template",
    audience.recipients === 0 && "recipients",
    unfilled && "variables",
  ];
  return blocks.filter((block) => block !== false);
}

function isFilled(source: VariableSource | undefined): boolean {
  if (!source) return false;
  return source.type === "field" || variableProblem(source.value) === null;
}
