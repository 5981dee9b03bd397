import { Link } from "@remix-run/react";
import { Ban, Pause, Pencil, Play, RotateCcw, Send, Trash2 } from "lucide-react";
import { ActionButton, ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { duration, seconds } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { progressOf } from "#app/lib/campaign-progress.ts";
import { paths } from "#app/lib/paths.ts";
import type { Audience, CampaignDetail } from "#server/campaigns/views.ts";
import { type CampaignStatus, canMoveCampaign, canRetryMessages } from "#server/domain/campaign-status.ts";

const text = fr.campaigns;

const atWork: readonly CampaignStatus[] = ["sending", "paused"];

type CampaignActionsProps = {
  campaign: CampaignDetail;
  audience: Audience | null;
  /** nothing keeps it from being launched */
  ready: boolean;
};

/** What can be done with a campaign where it stands. */
export function CampaignActions({ campaign, audience, ready }: CampaignActionsProps) {
  const { id, status, failedCount } = campaign;
  const can = (command: Parameters<typeof canMoveCampaign>[1]) => canMoveCampaign(status, command);
  return (
    <>
      {!atWork.includes(status) && <RemoveButton campaign={campaign} />}
      {status === "draft" && (
        <Button asChild>
          <Link to={paths.editCampaign(id)}>
            <Pencil aria-hidden />
            {fr.common.edit}
          </Link>
        </Button>
      )}
      {can("cancel") && <CancelButton campaign={campaign} />}
      {failedCount > 0 && canRetryMessages(status) && (
        <ActionButton intent="retry" icon={<RotateCcw aria-hidden />}>
          {text.retry.action}
        </ActionButton>
      )}
      {can("pause") && (
        <ActionButton intent="pause" icon={<Pause aria-hidden />}>
          {text.pause.action}
        </ActionButton>
      )}
      {can("resume") && (
        <ActionButton intent="resume" variant="primary" icon={<Play aria-hidden />}>
          {text.resume.action}
        </ActionButton>
      )}
      {can("launch") && audience && <LaunchButton campaign={campaign} audience={audience} ready={ready} />}
    </>
  );
}

type LaunchButtonProps = { campaign: CampaignDetail; audience: Audience; ready: boolean };

function LaunchButton({ campaign, audience, ready }: LaunchButtonProps) {
  const { launch } = text;
  const { intervalMs } = campaign.sender;
  if (!ready) {
    return (
      <Button variant="primary" disabled>
        <Send aria-hidden />
        {launch.action}
      </Button>
    );
  }
  return (
    <ConfirmButton
      intent="launch"
      variant="primary"
      tone="primary"
      icon={<Send aria-hidden />}
      title={launch.title(campaign.name)}
      description={
        <>
          <p>{launch.text(audience.recipients)}</p>
          <p>{launch.duration(duration(audience.recipients * intervalMs), seconds(intervalMs))}</p>
          {audience.excluded > 0 && <p>{text.form.excluded(audience.excluded)}</p>}
        </>
      }
      confirm={launch.confirm}
    >
      {launch.action}
    </ConfirmButton>
  );
}

function CancelButton({ campaign }: { campaign: CampaignDetail }) {
  return (
    <ConfirmButton
      intent="cancel"
      variant="dangerGhost"
      icon={<Ban aria-hidden />}
      title={text.cancel.title(campaign.name)}
      description={<p>{text.cancel.text(progressOf(campaign.statusCounts).waiting)}</p>}
      confirm={text.cancel.confirm}
    >
      {text.cancel.action}
    </ConfirmButton>
  );
}

function RemoveButton({ campaign }: { campaign: CampaignDetail }) {
  const { remove } = text;
  return (
    <ConfirmButton
      intent="delete"
      variant="dangerGhost"
      icon={<Trash2 aria-hidden />}
      title={remove.title(campaign.name)}
      description={<p>{campaign.totalRecipients > 0 ? remove.textWithMessages : remove.text}</p>}
      confirm={remove.confirm}
    >
      {remove.action}
    </ConfirmButton>
  );
}
