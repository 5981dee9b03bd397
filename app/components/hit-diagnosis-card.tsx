import { ShieldX } from "lucide-react";
import { Card, CardBody } from "#app/components/ui/card.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { hitDiagnosis } from "#app/lib/hit-diagnosis.ts";
import type { HitDetail } from "#server/webhooks/views.ts";

const text = frWebhooks.diagnosis;

/** Of a refused hit: what is wrong with it, for which address and token it would be right, and what to change. */
export function HitDiagnosisCard({ hit }: { hit: HitDetail }) {
  const diagnosis = hitDiagnosis(hit);
  if (!diagnosis) return null;
  const { title, reasons, toChange } = diagnosis;
  return (
    <Card className="border-l-4 border-l-danger">
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <div className="flex gap-3">
          <ShieldX aria-hidden className="mt-0.5 size-6 shrink-0 text-danger-ink" />
          <div className="grid min-w-0 gap-1">
            <p className="text-ink-soft">{text.title}</p>
            <h2 className="font-semibold text-lg leading-6">{title}</h2>
            {reasons.map((reason) => (
              <p key={reason} className="break-words">
                {reason}
              </p>
            ))}
          </div>
        </div>
        {hit.diagnosis === "wrong_signature" && <Addresses hit={hit} />}
        <div className="grid gap-1.5">
          <h3 className="font-semibold">{text.toChange}</h3>
          <ul className="grid list-disc gap-1 pl-5">
            {toChange.map((cure) => (
              <li key={cure} className="break-words">
                {cure}
              </li>
            ))}
          </ul>
        </div>
      </CardBody>
    </Card>
  );
}

function Addresses({ hit: { match } }: { hit: HitDetail }) {
  if (!match) return null;
  return (
    <div className="grid gap-3 rounded-lg bg-sunken px-4 py-3 text-[0.8125rem]">
      <dl className="grid gap-3">
        <Address term={text.signed}>{match.signedUrl}</Address>
        <Address term={text.expected}>{match.expectedUrl}</Address>
      </dl>
      <p className="text-ink-soft">{match.token === "current" ? text.currentToken : text.previousToken}</p>
    </div>
  );
}

function Address({ term, children }: { term: string; children: string }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-ink-soft text-xs">{term}</dt>
      <dd>
        <code className="break-all">{children}</code>
      </dd>
    </div>
  );
}
