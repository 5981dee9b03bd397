// What keeps a campaign from starting, in French: what the server would refuse, and what it would do without anybody
// wanting it (a template that is gone, everybody left out).
import { errorText } from "#app/i18n/errors.ts";
import { fr } from "#app/i18n/fr.ts";
import type { CampaignDetail, Preflight } from "#server/campaigns/views.ts";

const text = fr.campaigns.preflight.problem;

type Draft = Pick<CampaignDetail, "template">;
type Sheet = Pick<Preflight, "total" | "willSend" | "problem">;

export function launchProblems({ template }: Draft, { total, willSend, problem }: Sheet): string[] {
  const problems = [
    (!template || template.removed) && text.removed,
    problem && errorText(problem.code, problem.meta),
    total === 0 ? errorText("campaign.no_recipients") : willSend === 0 && text.everyoneLeftOut,
  ];
  return problems.filter((problem) => problem !== null && problem !== false);
}
