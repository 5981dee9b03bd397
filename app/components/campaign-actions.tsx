import { Link } from "@remix-run/react";
import {
  Archive,
  ArchiveRestore,
  Ban,
  Copy,
  FilePen,
  Pause,
  Pencil,
  Play,
  RotateCcw,
  Send,
  Trash2,
} from "lucide-react";
import { ActionButton, ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { duration } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { usdRange } from "#app/i18n/money.ts";
import { progressOf } from "#app/lib/campaign-progress.ts";
import { useClock } from "#app/lib/clock.tsx";
import { sumOf } from "#app/lib/counted.ts";
import { writeChoices } from "#app/lib/launch-choices.ts";
import { paths } from "#app/lib/paths.ts";
import { lastingOf } from "#app/lib/sheet-times.ts";
import type { CampaignDetail, Preflight } from "#server/campaigns/views.ts";
import {
  type CampaignStatus,
  canArchive,
  canMoveCampaign,
  canRetryMessages,
} from "#server/domain/campaign-status.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

const text = fr.campaigns;

const atWork: readonly CampaignStatus[] = ["sending", "paused"];

type CampaignActionsProps = {
  campaign: CampaignDetail;
  /** null: it cannot be launched where it stands */
  sheet: Preflight | null;
  options: LaunchOptions;
  /** nothing keeps it from being launched */
  ready: boolean;
};

/** What can be done with a campaign where it stands. */
export function CampaignActions({ campaign, sheet, options, ready }: CampaignActionsProps) {
  const { id, status, failedCount } = campaign;
  const can = (command: Parameters<typeof canMoveCampaign>[1]) => canMoveCampaign(status, command);
  return (
    <>
      {!atWork.includes(status) && <RemoveButton campaign={campaign} />}
      <ActionButton intent="duplicate" variant="ghost" icon={<Copy aria-hidden />}>
        {text.duplicate.action}
      </ActionButton>
      {campaign.archivedAt ? (
        <ActionButton intent="unarchive" variant="ghost" icon={<ArchiveRestore aria-hidden />}>
          {text.archive.undo}
        </ActionButton>
      ) : (
        canArchive(status) && (
          <ActionButton intent="archive" variant="ghost" icon={<Archive aria-hidden />}>
            {text.archive.action}
          </ActionButton>
        )
      )}
      {status === "draft" && (
        <Button asChild>
          <Link to={paths.editCampaign(id)}>
            <Pencil aria-hidden />
            {fr.common.edit}
          </Link>
        </Button>
      )}
      {can("cancel") && <CancelButton campaign={campaign} />}
      {status === "scheduled" && (
        <ActionButton intent="unschedule" icon={<FilePen aria-hidden />}>
          {text.schedule.unschedule.action}
        </ActionButton>
      )}
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
      {can("launch") && sheet && (
        <LaunchButton campaign={campaign} sheet={sheet} options={options} ready={ready} />
      )}
    </>
  );
}

type LaunchButtonProps = {
  campaign: CampaignDetail;
  sheet: Preflight;
  options: LaunchOptions;
  ready: boolean;
};

/** Launches with the choices of the sheet as it is shown. */
function LaunchButton({ campaign, sheet, options, ready }: LaunchButtonProps) {
  const { launch, schedule } = text;
  const action = campaign.status === "scheduled" ? schedule.launchNow : launch.action;
  if (!ready) {
    return (
      <Button variant="primary" disabled>
        <Send aria-hidden />
        {action}
      </Button>
    );
  }
  return (
    <ConfirmButton
      intent="launch"
      fields={writeChoices(options)}
      variant="primary"
      tone="primary"
      icon={<Send aria-hidden />}
      title={launch.title(campaign.name)}
      description={<LaunchSummary sheet={sheet} />}
      confirm={launch.confirm}
    >
      {action}
    </ConfirmButton>
  );
}

/** The sheet in a few lines, for a launch now, whatever time was set. */
function LaunchSummary({ sheet }: { sheet: Preflight }) {
  const { now, format } = useClock();
  const { launch } = text;
  const { willSend, durationMs, cost, warnings } = sheet;
  const left = sumOf(sheet.skipped);
  const end = new Date(now.getTime() + lastingOf(sheet));
  return (
    <>
      <p className="text-ink">{launch.text(willSend)}</p>
      <p>
        {launch.figures(duration(durationMs), format.when(end, now))}{" "}
        {launch.cost(usdRange(cost.lowUsd, cost.highUsd))}
      </p>
      {left > 0 && <p>{launch.leftOut(left)}</p>}
      {warnings.length > 0 && <p>{launch.warned(warnings.length)}</p>}
    </>
  );
}

function CancelButton({ campaign }: { campaign: CampaignDetail }) {
  return (
    <ConfirmButton
      intent="cancel"
      variant="dangerGhost"
      icon={<Ban aria-hidden />}
      title={text.cancel.title(campaign.name)}
      description={
        <p>
          {campaign.status === "scheduled"
            ? text.cancel.scheduled
            : text.cancel.text(progressOf(campaign.statusCounts).waiting)}
        </p>
      }
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
