import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { reasonsOf } from "#app/lib/hit-diagnosis.ts";
import { hitOutcome } from "#app/lib/hit-outcome.ts";
import { paths } from "#app/lib/paths.ts";
import type { HitDetail } from "#server/webhooks/views.ts";

const text = frWebhooks.detail;

/** When it came, from where, to which address, and what became of it. */
export function HitFacts({ hit }: { hit: HitDetail }) {
  const { now, format } = useClock();
  const { receivedAt, appliedAt, method, url, ip, messageSid, error, match, verdict, message, contactId } =
    hit;
  const exact = (at: Date) => `${format.date(at, now)} ${format.preciseTime(at)}`;
  return (
    <Card>
      <CardHeader title={text.what} />
      <CardBody>
        <dl className="grid gap-4 sm:grid-cols-2">
          <Fact term={text.time}>
            <time dateTime={receivedAt.toISOString()} className="tabular-nums">
              {exact(receivedAt)}
            </time>
          </Fact>
          <Fact term={text.ip}>{ip ?? fr.common.none}</Fact>
          <Fact term={text.url} wide>
            <code className="break-all text-xs">
              {method} {url}
            </code>
          </Fact>
          {messageSid && (
            <Fact term={text.sid} wide>
              <code className="break-all text-xs">{messageSid}</code>
            </Fact>
          )}
          <Fact term={text.outcome} wide>
            {hitOutcome(hit)}
            {verdict === "accepted" && match && (
              <span className="block text-ink-soft text-[0.8125rem]">{reasonsOf(match).join(" ")}</span>
            )}
          </Fact>
          {appliedAt && (
            <Fact term={text.applied}>
              <time dateTime={appliedAt.toISOString()} className="tabular-nums">
                {exact(appliedAt)}
              </time>
            </Fact>
          )}
          {error && (
            <Fact term={text.error} wide>
              <code className="break-all text-danger-ink text-xs">{error}</code>
            </Fact>
          )}
          {message?.campaignId && (
            <Fact term={text.message}>
              <FactLink to={paths.message(message.campaignId, message.id)}>{text.openMessage}</FactLink>
            </Fact>
          )}
          {contactId && (
            <Fact term={text.contact}>
              <FactLink to={paths.contact(contactId)}>{text.openContact}</FactLink>
            </Fact>
          )}
        </dl>
      </CardBody>
    </Card>
  );
}

function FactLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="underline underline-offset-2">
      {children}
    </Link>
  );
}

function Fact({ term, wide, children }: { term: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? "grid min-w-0 gap-0.5 sm:col-span-2" : "grid min-w-0 gap-0.5"}>
      <dt className="text-ink-soft text-xs">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
