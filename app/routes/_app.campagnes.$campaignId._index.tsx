import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { CampaignActions } from "#app/components/campaign-actions.tsx";
import { CampaignContent } from "#app/components/campaign-content.tsx";
import { CampaignMessages } from "#app/components/campaign-messages.tsx";
import { CampaignNotices, NotJoinedCard } from "#app/components/campaign-notices.tsx";
import { CampaignProgressCard } from "#app/components/campaign-progress-card.tsx";
import { LiveIndicator } from "#app/components/live-indicator.tsx";
import { CampaignStatusBadge } from "#app/components/status-badges.tsx";
import { Card, CardBody } from "#app/components/ui/card.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { UndecidedNotice } from "#app/components/undecided-notice.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { formAction, pageBefore } from "#app/lib/form-action.server.ts";
import { leadToLastPage } from "#app/lib/last-page.server.ts";
import { launchBlocks } from "#app/lib/launch-blocks.ts";
import { paths } from "#app/lib/paths.ts";
import { pageOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveCampaign } from "#app/lib/use-live-campaign.ts";
import type { Audience, CampaignDetail } from "#server/campaigns/views.ts";
import { canMoveCampaign } from "#server/domain/campaign-status.ts";
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
  const categoryIds = campaign.categories.map(({ id }) => id);
  const uncertain = campaign.statusCounts.uncertain + campaign.messageTwoCounts.uncertain;
  const [messages, audience, undecided] = await Promise.all([
    caller.campaigns.messages({ id: campaign.id, page: pageOf(url), status }),
    canMoveCampaign(campaign.status, "launch") ? caller.campaigns.audience({ categoryIds }) : null,
    uncertain > 0 ? caller.proof.undecided({ id: campaign.id }) : null,
  ]);
  leadToLastPage(url, messages);
  return { campaign, messages, status, audience, undecided };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.campaignId);
  const to = paths.campaign(id);
  return formAction(args, {
    launch: async (caller) => {
      const { launched } = await caller.campaigns.launch({ id });
      return { to, ...(launched && { toast: text.launch.done }) };
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
      const { count } = await caller.campaigns.retryFailed({ id, messageId });
      return { to: pageBefore(args.request), toast: text.retry.done(count) };
    },
    delete: async (caller) => {
      await caller.campaigns.delete({ id });
      return { to: paths.campaigns, toast: text.remove.done };
    },
  });
}

export default function CampaignPage() {
  const { campaign, messages, status, audience, undecided } = useLoaderData<typeof loader>();
  // with JavaScript a refusal is told where it was asked for: toast or dialog
  const problem = useActionData<typeof action>();
  const mode = useLiveCampaign(campaign.id);
  const blocks = audience ? launchBlocks(campaign, audience) : [];
  return (
    <>
      <PageHeader
        title={campaign.name}
        parent={{ label: text.title, to: paths.campaigns }}
        badge={<CampaignStatusBadge status={campaign.status} />}
        meta={<Meta campaign={campaign} live={!audience && <LiveIndicator mode={mode} />} />}
        actions={<CampaignActions campaign={campaign} audience={audience} ready={blocks.length === 0} />}
      />
      <FormError problem={problem} />
      <CampaignNotices campaign={campaign} blocks={blocks} />
      {undecided && <UndecidedNotice campaignId={campaign.id} {...undecided} />}
      {audience ? (
        <AudienceCard audience={audience} />
      ) : (
        <>
          <CampaignProgressCard campaign={campaign} />
          <NotJoinedCard failures={campaign.failures} />
          <CampaignMessages campaign={campaign} messages={messages} status={status} />
        </>
      )}
      <CampaignContent campaign={campaign} contacts={audience?.samples ?? []} />
    </>
  );
}

function Meta({ campaign, live }: { campaign: CampaignDetail; live: React.ReactNode }) {
  const { now, format } = useClock();
  const { createdAt, startedAt, finishedAt } = campaign;
  const started = startedAt ?? createdAt;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      {started && (startedAt ? text.started : text.created)(format.relative(started, now))}
      {finishedAt && <span>{text.finished(format.relative(finishedAt, now))}</span>}
      {live}
      {startedAt && (
        <Link to={paths.proof(campaign.id)} className="rounded underline underline-offset-2 hover:text-ink">
          {fr.proof.link}
        </Link>
      )}
    </span>
  );
}

function AudienceCard({ audience }: { audience: Audience }) {
  return (
    <Card>
      <CardBody className="grid gap-1">
        <p>
          <strong className="font-semibold text-2xl tabular-nums">{audience.recipients}</strong>{" "}
          <span className="text-ink-soft">{text.detail.recipientsNow(audience.recipients)}</span>
        </p>
        {audience.excluded > 0 && <p className="text-ink-soft">{text.form.excluded(audience.excluded)}</p>}
        <p className="text-ink-soft">{text.detail.draftHelp}</p>
      </CardBody>
    </Card>
  );
}
