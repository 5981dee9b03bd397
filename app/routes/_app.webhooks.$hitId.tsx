import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { RotateCcw } from "lucide-react";
import { HitKindBadge, VerdictBadge } from "#app/components/hit-badges.tsx";
import { HitContents, HitHeaders } from "#app/components/hit-contents.tsx";
import { HitDiagnosisCard } from "#app/components/hit-diagnosis-card.tsx";
import { HitFacts } from "#app/components/hit-facts.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { resultText } from "#app/lib/hit-outcome.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = frWebhooks;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: fr.common.title(data ? text.detail.title(data.id) : text.title) },
];

export async function loader(args: LoaderFunctionArgs) {
  return (await callerFor(args)).webhooks.get({ id: Number(args.params.hitId) });
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.hitId);
  return formAction(args, {
    replay: async (caller) => {
      const { result } = await caller.webhooks.replay({ id });
      return { to: paths.hit(id), toast: text.replay.done(resultText(result)) };
    },
  });
}

export default function HitPage() {
  const hit = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={text.detail.title(hit.id)}
        parent={{ label: text.title, to: paths.hits() }}
        badge={
          <>
            <VerdictBadge verdict={hit.verdict} />
            <HitKindBadge kind={hit.kind} status={hit.status} />
          </>
        }
        meta={hit.verdict === "accepted" && text.replay.hint}
        actions={
          hit.verdict === "accepted" && (
            <ActionButton intent="replay" icon={<RotateCcw aria-hidden />}>
              {text.replay.action}
            </ActionButton>
          )
        }
      />
      <HitDiagnosisCard hit={hit} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6">
          <HitFacts hit={hit} />
          <HitHeaders hit={hit} />
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6">
          <HitContents hit={hit} />
        </div>
      </div>
    </>
  );
}
