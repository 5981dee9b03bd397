import { CirclePause, OctagonAlert, TriangleAlert, UserPlus } from "lucide-react";
import { JoinInstructions } from "#app/components/join-instructions.tsx";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { Banner } from "#app/components/ui/banner.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import { needsJoin } from "#app/i18n/twilio-errors.ts";
import type { LaunchBlock } from "#app/lib/launch-blocks.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { CampaignDetail } from "#server/campaigns/views.ts";

const text = fr.campaigns.detail;

type CampaignNoticesProps = { campaign: CampaignDetail; blocks: readonly LaunchBlock[] };

/** What a person has to know about this campaign before anything else. */
export function CampaignNotices({ campaign, blocks }: CampaignNoticesProps) {
  const { status, stopReason, stopCode } = campaign;
  const { blocked } = fr.campaigns.launch;
  return (
    <>
      {blocks.length > 0 && (
        <Banner tone="warning" icon={TriangleAlert} title={blocked.title}>
          <ul className="grid gap-0.5">
            {blocks.map((block) => (
              <li key={block}>{blocked[block]}</li>
            ))}
          </ul>
        </Banner>
      )}
      {stopReason ? (
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
