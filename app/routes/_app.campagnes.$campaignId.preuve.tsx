import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { RefreshCw, ShieldAlert, ShieldCheck } from "lucide-react";
import { ProofChecks } from "#app/components/proof-checks.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frProof } from "#app/i18n/fr/proof.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { useClock } from "#app/lib/clock.tsx";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveProof } from "#app/lib/use-live-campaign.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import type { Proof } from "#server/proof/views.ts";

const text = frProof;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: fr.common.title(data ? text.heading(data.campaign.name) : text.title) },
];

export async function loader(args: LoaderFunctionArgs) {
  return (await callerFor(args)).proof.campaign({ id: Number(args.params.campaignId) });
}

export default function ProofPage() {
  const { campaign, ...proof } = useLoaderData<typeof loader>();
  useLiveProof(campaign.id);
  const { now, format } = useClock();
  return (
    <>
      <PageHeader
        title={text.title}
        parent={{ label: campaign.name, to: paths.campaign(campaign.id) }}
        meta={
          <time dateTime={proof.checkedAt.toISOString()} className="tabular-nums">
            {text.checkedAt(
              `${format.when(proof.checkedAt, now)}${format.preciseTime(proof.checkedAt).slice(5)}`,
            )}
          </time>
        }
        actions={
          <Button asChild>
            <Link to={paths.proof(campaign.id)} preventScrollReset>
              <RefreshCw aria-hidden />
              {text.again}
            </Link>
          </Button>
        }
      />
      <Verdict proof={proof} />
      <Equation proof={proof} />
      <ProofChecks checks={proof.checks} />
    </>
  );
}

function Verdict({ proof }: { proof: Proof }) {
  const { ok, checks } = proof;
  const Icon = ok ? ShieldCheck : ShieldAlert;
  const red = checks.filter(({ broken }) => broken > 0).length;
  return (
    <Card className={cn("border-l-4", ok ? "border-l-accent" : "border-l-danger")}>
      <CardBody className="grid gap-5 sm:grid-cols-[1fr_auto] sm:items-center">
        <div role="status" className="flex gap-4">
          <Icon
            aria-hidden
            className={cn("mt-0.5 size-8 shrink-0", ok ? "text-accent-ink" : "text-danger-ink")}
          />
          <div className="grid gap-0.5">
            <p className="font-semibold text-lg">{ok ? text.green : text.red(red)}</p>
            <p className="max-w-prose text-ink-soft">{ok ? text.greenText : text.redText}</p>
          </div>
        </div>
        <dl aria-label={text.examined} className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-4">
          {(["messages", "attempts", "events", "answers"] as const).map((figure) => (
            <div key={figure}>
              <dt className="text-ink-soft text-xs">{text.figures[figure]}</dt>
              <dd className="font-semibold text-lg tabular-nums">{count(proof[figure])}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}

/** Recipients = the sum over all states (engine.md 4), written out. */
function Equation({ proof: { recipients, states } }: { proof: Proof }) {
  return (
    <Card>
      <CardHeader title={text.equation} hint={text.equationHint} />
      <CardBody className="grid gap-4 lg:grid-cols-[auto_1fr] lg:items-center">
        <p>
          <strong className="font-semibold text-2xl tabular-nums">{count(recipients)}</strong>{" "}
          <span className="text-ink-soft">{recipients < 2 ? text.recipient : text.recipients} =</span>
        </p>
        <ul className="grid grid-cols-3 gap-2 sm:grid-cols-5 xl:grid-cols-9">
          {messageStatuses.map((status) => (
            <li
              key={status}
              className={cn("rounded-lg bg-sunken px-3 py-2", states[status] === 0 && "text-ink-soft")}
            >
              <span className="block font-semibold tabular-nums">{count(states[status])}</span>
              <span className="block text-xs">{fr.messages.statuses[status]}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
