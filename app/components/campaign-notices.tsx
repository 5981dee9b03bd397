import { CirclePause, OctagonAlert, TriangleAlert, UserPlus, Wrench } from "lucide-react";
import { JoinInstructions } from "#app/components/join-instructions.tsx";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Banner } from "#app/components/ui/banner.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { keptErrorText } from "#app/i18n/errors.ts";
import { fr } from "#app/i18n/fr.ts";
import { needsJoin } from "#app/i18n/twilio-errors.ts";
import { couldNotStart } from "#app/lib/campaign-stage.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { CampaignDetail } from "#server/campaigns/views.ts";

const text = fr.campaigns.detail;

type CampaignNoticesProps = {
  campaign: CampaignDetail;
  /** what keeps it from starting */
  problems: readonly string[];
};

/** What a person has to know about this campaign before anything else. */
export function CampaignNotices({ campaign, problems }: CampaignNoticesProps) {
  const { status, stopReason, stopCode } = campaign;
  const { draft, scheduled } = fr.campaigns.preflight.problem;
  return (
    <>
      {problems.length > 0 && (
        <Banner tone="warning" icon={TriangleAlert} title={status === "scheduled" ? scheduled : draft}>
          <ul className="grid gap-0.5">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Banner>
      )}
      {couldNotStart(campaign) ? (
        <CouldNotStart reason={stopReason} />
      ) : stopReason ? (
        <Banner tone="danger" icon={OctagonAlert} title={text.stopped}>
          <p>{text.stopReasons[stopReason] ?? stopReason}</p>
          <TwilioErrorNote code={stopCode} />
        </Banner>
      ) : (
        status === "paused" && (
          <Banner tone="warning" icon={CirclePause} title={fr.campaigns.statuses.paused}>
            {text.pausedHelp}
          </Banner>
        )
      )}
    </>
  );
}

/** Its time came and the launch was refused, for `reason`: to be mended as a draft. */
function CouldNotStart({ reason }: { reason: string | null }) {
  const { schedule } = fr.campaigns;
  return (
    <Banner
      tone="danger"
      icon={OctagonAlert}
      title={schedule.couldNotStart}
      actions={
        <ActionButton intent="unschedule" fields={{ next: "edit" }} icon={<Wrench aria-hidden />}>
          {schedule.fix}
        </ActionButton>
      }
    >
      {reason && keptErrorText(reason)} {schedule.nothingSent}
    </Banner>
  );
}

/** Those who did not join the sandbox, and how they do (criteria 7.1, 9.4); nothing when all have. */
export function NotJoinedCard({ failures }: { failures: CampaignDetail["failures"] }) {
  const sandbox = useSandbox();
  const total = failures.reduce((sum, { code, count }) => (needsJoin(code) ? sum + count : sum), 0);
  if (total === 0) return null;
  return (
    <Card>
      <CardHeader
        title={
          <span className="flex items-center gap-2">
            <UserPlus aria-hidden className="size-4 text-warning-ink" />
            {text.notJoined.title(total)}
          </span>
        }
        hint={text.notJoined.text}
      />
      <CardBody>
        <JoinInstructions sandbox={sandbox} />
      </CardBody>
    </Card>
  );
}
