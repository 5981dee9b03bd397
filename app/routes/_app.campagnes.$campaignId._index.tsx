import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Archive } from "lucide-react";
import { BeforeLaunch } from "#app/components/before-launch.tsx";
import { CampaignActions } from "#app/components/campaign-actions.tsx";
import { CampaignContent } from "#app/components/campaign-content.tsx";
import { CampaignMessages } from "#app/components/campaign-messages.tsx";
import { CampaignNotices, NotJoinedCard } from "#app/components/campaign-notices.tsx";
import { CampaignProgressCard } from "#app/components/campaign-progress-card.tsx";
import { LiveIndicator } from "#app/components/live-indicator.tsx";
import { OwnerCard } from "#app/components/owner-card.tsx";
import { CampaignStatusBadge } from "#app/components/status-badges.tsx";
import { TrialCard } from "#app/components/trial-card.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { UndecidedNotice } from "#app/components/undecided-notice.tsx";
import { createFormat } from "#app/i18n/format.ts";
import { frProof } from "#app/i18n/fr/proof.ts";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";
import { assignableUsers } from "#app/lib/assignable-users.server.ts";
import { couldNotStart, hasStarted } from "#app/lib/campaign-stage.ts";
import { useClock } from "#app/lib/clock.tsx";
import { formAction, pageBefore } from "#app/lib/form-action.server.ts";
import { readChoices } from "#app/lib/launch-choices.ts";
import { launchProblems } from "#app/lib/launch-problems.ts";
import { paths } from "#app/lib/paths.ts";
import { cursorOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveCampaign } from "#app/lib/use-live-campaign.ts";
import type { CampaignDetail, Preflight } from "#server/campaigns/views.ts";
import { canMoveCampaign } from "#server/domain/campaign-status.ts";
import { defaultLaunchOptions } from "#server/domain/launch-options.ts";
import { messageStatuses } from "#server/domain/message-status.ts";

const text = fr.campaigns;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: fr.common.title(data?.campaign.name ?? text.title) },
];

export async function loader(args: LoaderFunctionArgs) {
  const url = new URL(args.request.url);
  const status = messageStatuses.find((one) => one === url.searchParams.get("statut")) ?? null;
  const caller = await callerFor(args);
  const campaign = await caller.campaigns.get({ id: Number(args.params.campaignId) });
  const options = readChoices(url.searchParams) ?? campaign.launchOptions ?? defaultLaunchOptions;
  const uncertain = campaign.statusCounts.uncertain + campaign.messageTwoCounts.uncertain;
  const [messages, sheet, undecided, users] = await Promise.all([
    caller.campaigns.messages({ id: campaign.id, status, ...cursorOf(url) }),
    canMoveCampaign(campaign.status, "launch")
      ? caller.campaigns.preflight({ id: campaign.id, ...options })
      : null,
    uncertain > 0 ? caller.proof.undecided({ id: campaign.id }) : null,
    assignableUsers(caller),
  ]);
  return { campaign, messages, status, options, sheet, undecided, users };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.campaignId);
  const to = paths.campaign(id);
  return formAction(args, {
    launch: async (caller, form) => {
      const { launched } = await caller.campaigns.launch({ id, ...readChoices(form.data) });
      return { to, ...(launched && { toast: text.launch.done }) };
    },
    schedule: async (caller, form) => {
      const [date, time] = [form.text("date"), form.text("time")];
      const chosen = { id, date, time, ...readChoices(form.data) };
      const { scheduledAt } = await caller.campaigns.schedule(chosen);
      const format = createFormat(args.context.services.env.tzDisplay);
      return { to, toast: text.schedule.done(format.when(scheduledAt, new Date())) };
    },
    unschedule: async (caller, form) => {
      await caller.campaigns.unschedule({ id });
      const edit = form.text("next") === "edit";
      return { to: edit ? paths.editCampaign(id) : to, toast: text.schedule.unschedule.done };
    },
    test: async (caller, form) => {
      await caller.campaigns.sendTest({ id, number: form.text("number"), country: form.text("country") });
      return { to: pageBefore(args.request), toast: text.trial.done };
    },
    pause: async (caller) => {
      await caller.campaigns.pause({ id });
      return { to, toast: text.pause.done };
    },
    resume: async (caller) => {
      await caller.campaigns.resume({ id });
      return { to, toast: text.resume.done };
    },
    cancel: async (caller) => {
      await caller.campaigns.cancel({ id });
      return { to, toast: text.cancel.done };
    },
    retry: async (caller, form) => {
      const messageId = form.text("messageId") ? form.id("messageId") : null;
      const code = form.text("code") ? form.id("code") : null;
      const cause = form.text("one") ? { code, reason: form.text("reason") || null } : null;
      const { count } = await caller.campaigns.retryFailed({ id, messageId, cause });
      return { to: pageBefore(args.request), toast: text.retry.done(count) };
    },
    duplicate: async (caller) => {
      const copy = await caller.campaigns.duplicate({ id });
      return { to: paths.editCampaign(copy.id), toast: text.duplicate.done };
    },
    assign: async (caller, form) => {
      await caller.users.assignOwner({ subject: "campaign", id, ownerId: form.id("ownerId") });
      return { to, toast: frUsers.owner.done };
    },
    archive: async (caller) => {
      await caller.campaigns.archive({ id, archived: true });
      return { to, toast: text.archive.done };
    },
    unarchive: async (caller) => {
      await caller.campaigns.archive({ id, archived: false });
      return { to, toast: text.archive.undone };
    },
    delete: async (caller) => {
      await caller.campaigns.delete({ id });
      return { to: paths.campaigns, toast: text.remove.done };
    },
  });
}

export default function CampaignPage() {
  const { campaign, messages, status, options, sheet, undecided, users } = useLoaderData<typeof loader>();
  // with JavaScript a refusal is told where it was asked for: toast, dialog or form
  const problem = useActionData<typeof action>();
  const problemOf = (intent: string) => (problem?.values.intent?.[0] === intent ? problem : undefined);
  const mode = useLiveCampaign(campaign.id);
  const problems = sheet ? launchProblems(campaign, sheet) : [];
  const trial = <TrialCard campaign={campaign} problem={problemOf("test")} />;
  return (
    <>
      <PageHeader
        title={campaign.name}
        parent={{ label: text.title, to: paths.campaigns }}
        badge={
          <>
            <CampaignStatusBadge status={campaign.status} />
            {campaign.archivedAt && (
              <Badge tone="neutral" icon={Archive}>
                {text.archive.badge}
              </Badge>
            )}
          </>
        }
        meta={<Meta campaign={campaign} live={hasStarted(campaign) && <LiveIndicator mode={mode} />} />}
        actions={
          <CampaignActions
            campaign={campaign}
            sheet={sheet}
            options={options}
            ready={problems.length === 0}
          />
        }
      />
      <FormError problem={problem} />
      <CampaignNotices campaign={campaign} problems={problems} />
      {undecided && <UndecidedNotice campaignId={campaign.id} {...undecided} />}
      {sheet && (
        <BeforeLaunch
          campaign={campaign}
          sheet={sheet}
          options={options}
          problem={problemOf("schedule")}
          trial={trial}
        />
      )}
      {hasStarted(campaign) && (
        <>
          <CampaignProgressCard campaign={campaign} />
          <NotJoinedCard failures={campaign.failures} />
          <CampaignMessages campaign={campaign} messages={messages} status={status} />
        </>
      )}
      {!sheet && trial}
      <CampaignContent campaign={campaign} contacts={sheet ? peopleOf(sheet) : []} />
      {users && <OwnerCard ownerEmail={campaign.ownerEmail} users={users} />}
    </>
  );
}

/** Those of the previews, to look at both messages as they will. */
function peopleOf({ previews }: Preflight) {
  return previews.map(({ contactId, firstName, lastName, number }) => ({
    id: contactId,
    firstName,
    lastName,
    fullNumber: number,
  }));
}

function Meta({ campaign, live }: { campaign: CampaignDetail; live: React.ReactNode }) {
  const { now, format } = useClock();
  const { createdAt, startedAt, finishedAt } = campaign;
  const started = startedAt ?? createdAt;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      {started && (startedAt ? text.started : text.created)(format.relative(started, now))}
      {finishedAt && (
        <span>
          {(couldNotStart(campaign) ? text.schedule.missed : text.finished)(format.relative(finishedAt, now))}
        </span>
      )}
      {live}
      {startedAt && (
        <Link to={paths.proof(campaign.id)} className="rounded underline underline-offset-2 hover:text-ink">
          {frProof.link}
        </Link>
      )}
    </span>
  );
}
