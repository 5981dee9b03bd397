import type { ReactNode } from "react";
import { PreflightSheet } from "#app/components/preflight-sheet.tsx";
import { ScheduleForm } from "#app/components/schedule-form.tsx";
import { ScheduledStart } from "#app/components/scheduled-start.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import type { CampaignDetail, Preflight } from "#server/campaigns/views.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

const text = fr.campaigns.schedule;

type BeforeLaunchProps = {
  campaign: CampaignDetail;
  sheet: Preflight;
  options: LaunchOptions;
  /** of the form of the schedule */
  problem: FormProblem | undefined;
  trial: ReactNode;
};

/** All that there is to a campaign before its first message: its start, its sheet, another time, a test. */
export function BeforeLaunch({ campaign, sheet, options, problem, trial }: BeforeLaunchProps) {
  const { scheduledAt } = campaign;
  const preview = sheet.total > 0 && <PreflightSheet campaign={campaign} sheet={sheet} options={options} />;
  if (scheduledAt) {
    return (
      <>
        <ScheduledStart scheduledAt={scheduledAt} options={options} problem={problem} />
        {preview}
        {trial}
      </>
    );
  }
  return (
    <>
      {preview}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card aria-label={text.title}>
          <CardHeader title={text.title} hint={text.hint} />
          <CardBody>
            <ScheduleForm scheduledAt={null} options={options} problem={problem} />
          </CardBody>
        </Card>
        {trial}
      </div>
    </>
  );
}
