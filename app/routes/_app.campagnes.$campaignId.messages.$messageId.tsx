import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { RotateCcw } from "lucide-react";
import { CureButtons } from "#app/components/cure-buttons.tsx";
import { DecideCard } from "#app/components/decide-card.tsx";
import { FlightRecorder } from "#app/components/flight-recorder.tsx";
import { JoinInstructions } from "#app/components/join-instructions.tsx";
import { MessageFacts } from "#app/components/message-facts.tsx";
import { MessageStatusBadge } from "#app/components/status-badges.tsx";
import { FailureDetails } from "#app/components/twilio-error.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frJournal } from "#app/i18n/fr/journal.ts";
import { fr } from "#app/i18n/fr.ts";
import { askCandidates } from "#app/lib/candidates.server.ts";
import { failureText } from "#app/lib/failure-text.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { isUndecided } from "#app/lib/is-undecided.ts";
import { recipientLabel } from "#app/lib/message-recipient.ts";
import { paths } from "#app/lib/paths.ts";
import { isQuiet } from "#app/lib/session.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useCandidates } from "#app/lib/use-candidates.ts";
import { useLiveCampaign } from "#app/lib/use-live-campaign.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import { canRetryMessages } from "#server/domain/campaign-status.ts";
import type { MessageDetail } from "#server/messages/views.ts";

const text = fr.messages;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: fr.common.title(data ? text.sheet.title(recipientLabel(data.message)) : text.title) },
];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const message = await caller.messages.get({ id: Number(args.params.messageId) });
  const { campaign } = message;
  if (!campaign || String(campaign.id) !== args.params.campaignId) throw new Response(null, { status: 404 });
  const timeline = await caller.proof.message({ id: message.id });
  const ask = isUndecided(message) && !isQuiet(args.request);
  const candidates = ask ? await askCandidates(args, message.id) : undefined;
  return { message, campaign, timeline, candidates };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.campaignId);
  const messageId = Number(args.params.messageId);
  return formAction(args, {
    retry: async (caller) => {
      const { count } = await caller.campaigns.retryFailed({ id, messageId });
      return { to: paths.message(id, messageId), toast: fr.campaigns.retry.done(count) };
    },
    adopt: async (caller, form) => {
      await caller.proof.decide({ id: messageId, sid: form.text("sid") });
      return { to: paths.message(id, messageId), toast: frJournal.decide.adopted };
    },
    decline: async (caller) => {
      await caller.proof.decide({ id: messageId, sid: null });
      return { to: paths.message(id, messageId), toast: frJournal.decide.declined };
    },
  });
}

export default function MessagePage() {
  const { message, campaign, timeline, candidates } = useLoaderData<typeof loader>();
  useLiveCampaign(campaign.id);
  return (
    <>
      <PageHeader
        title={text.sheet.title(recipientLabel(message))}
        parent={{ label: campaign.name, to: paths.campaign(campaign.id) }}
        badge={<MessageStatusBadge status={message.status} />}
        actions={
          message.status === "failed" &&
          canRetryMessages(campaign.status) && (
            <ActionButton intent="retry" variant="primary" icon={<RotateCcw aria-hidden />}>
              {fr.campaigns.retry.one}
            </ActionButton>
          )
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-6">
          {message.status === "failed" && <Failure message={message} campaign={campaign} />}
          {isUndecided(message) && (
            <Decision key={message.id} campaignId={campaign.id} message={message} loaded={candidates} />
          )}
          <MessageFacts message={message} />
        </div>
        <FlightRecorder campaignId={campaign.id} messageId={message.id} timeline={timeline} />
      </div>
    </>
  );
}

type DecisionProps = {
  campaignId: number;
  message: MessageDetail;
  loaded: Parameters<typeof useCandidates>[0]["loaded"];
};

function Decision({ campaignId, message, loaded }: DecisionProps) {
  const candidates = useCandidates({ campaignId, messageId: message.id, loaded });
  return (
    <DecideCard
      candidates={candidates}
      requestedAt={message.attempts[0]?.requestedAt ?? null}
      page={paths.message(campaignId, message.id)}
    />
  );
}

type FailureProps = { message: MessageDetail; campaign: NonNullable<MessageDetail["campaign"]> };

function Failure({ message, campaign }: FailureProps) {
  const sandbox = useSandbox();
  return (
    <Card>
      <CardHeader title={text.sheet.failure} />
      <CardBody className="grid gap-5">
        <FailureDetails failure={message} />
        <CureButtons message={message} campaign={campaign} />
        {failureText(message)?.cure === "join" && (
          <div className="grid gap-3 border-line border-t pt-5">
            <h3 className="font-medium">{fr.sandbox.steps.title}</h3>
            <JoinInstructions sandbox={sandbox} />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
