import { Link } from "@remix-run/react";
import { CircleAlert, CircleCheck } from "lucide-react";
import { Badge } from "#app/components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frProof } from "#app/i18n/fr/proof.ts";
import { paths } from "#app/lib/paths.ts";
import { proofFacts } from "#app/lib/proof-facts.ts";
import type { ProofCheck, ProofRow } from "#server/proof/views.ts";

const text = frProof;

/** Each check with its verdict, and the rows that break it. */
export function ProofChecks({ checks }: { checks: readonly ProofCheck[] }) {
  return (
    <Card>
      <CardHeader title={text.checks} />
      <CardBody>
        <ul className="grid divide-y divide-line">
          {checks.map((check) => (
            <CheckItem key={check.key} check={check} />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function CheckItem({ check: { key, broken, rows } }: { check: ProofCheck }) {
  const { title, detail } = text.list[key];
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h3 className="font-medium">{title}</h3>
          <p className="text-ink-soft text-[0.8125rem]">{detail}</p>
        </div>
        {broken === 0 ? (
          <Badge tone="accent" icon={CircleCheck}>
            {text.ok}
          </Badge>
        ) : (
          <Badge tone="danger" icon={CircleAlert}>
            {text.broken(broken)}
          </Badge>
        )}
      </div>
      {rows.length > 0 && (
        <ul className="grid gap-1 rounded-lg bg-sunken px-3 py-2 text-[0.8125rem]">
          {rows.map((row) => (
            <li key={JSON.stringify(row)} className="break-words">
              <RowLink row={row} /> : {proofFacts(row)}
            </li>
          ))}
          {rows.length < broken && <li className="text-ink-soft">{text.shown(rows.length, broken)}</li>}
        </ul>
      )}
    </li>
  );
}

function RowLink({ row: { campaignId, messageId } }: { row: ProofRow }) {
  if (campaignId === null) return messageId === null ? text.noCampaign : text.message(messageId);
  return messageId === null ? (
    <Link to={paths.campaign(campaignId)} className="underline underline-offset-2">
      {text.campaign(campaignId)}
    </Link>
  ) : (
    <Link to={paths.message(campaignId, messageId)} className="underline underline-offset-2">
      {text.message(messageId)}
    </Link>
  );
}
