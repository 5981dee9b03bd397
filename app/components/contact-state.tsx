import { BellOff, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Countdown } from "#app/components/countdown.tsx";
import { Email } from "#app/components/email.tsx";
import type { SandboxInfo } from "#app/components/join-instructions.tsx";
import { MembershipBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { ContactDetail } from "#server/contacts/views.ts";
import { sandboxMembership } from "#server/domain/sandbox-membership.ts";

const text = fr.contacts.detail;

const hour = 3_600_000;

/** What is known of a contact beside its card: the two clocks of the sandbox, refusals, messages. */
export function ContactState({ contact, sandbox }: { contact: ContactDetail; sandbox: SandboxInfo }) {
  const { now, format } = useClock();
  const { lastInboundAt } = contact;
  const { membershipHours, windowHours } = sandbox;
  const { state, endsAt } = sandboxMembership(contact, now, membershipHours);
  const windowEnd = lastInboundAt && new Date(lastInboundAt.getTime() + windowHours * hour);
  return (
    <Card>
      <CardHeader title={text.status} />
      <CardBody>
        <dl className="grid gap-4">
          <Line term={text.membership}>
            <MembershipBadge contact={contact} membershipHours={membershipHours} />
            {endsAt && endsAt > now ? (
              <Countdown endsAt={endsAt} hours={membershipHours} warningHours={12} />
            ) : (
              <span className="text-ink-soft">
                {fr.sandbox.membershipHint[state === "member" || state === "expiring" ? "expired" : state]}
              </span>
            )}
          </Line>
          <Line term={text.window}>
            {windowEnd && windowEnd > now ? (
              <Countdown endsAt={windowEnd} hours={windowHours} warningHours={3} />
            ) : (
              text.windowClosed
            )}
          </Line>
          <Line term={text.lastInbound}>
            {lastInboundAt ? <Time at={lastInboundAt} /> : fr.contacts.never}
          </Line>
          <Line term={text.messages}>{fr.messages.count(contact.messageCount)}</Line>
          {contact.createdAt && (
            <Line term={text.createdAt}>
              <Time at={contact.createdAt} />{" "}
              {contact.ownerEmail && (
                <span className="text-[0.8125rem] text-ink-soft">
                  <Email>{text.by(contact.ownerEmail)}</Email>
                </span>
              )}
            </Line>
          )}
          {contact.optedOutAt && (
            <Line term={fr.contacts.optedOutTerm}>
              <Badge tone="danger" icon={BellOff}>
                {fr.contacts.optedOut}
              </Badge>
              <span className="text-ink-soft">
                {fr.contacts.optedOutHint(format.when(contact.optedOutAt, now))}
              </span>
            </Line>
          )}
          {contact.flag && (
            <Line term={fr.contacts.flagTerm}>
              <Badge tone="warning" icon={TriangleAlert}>
                {fr.contacts.flags[contact.flag]}
              </Badge>
              <span className="text-ink-soft">{fr.contacts.flagHints[contact.flag]}</span>
            </Line>
          )}
        </dl>
      </CardBody>
    </Card>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] items-baseline gap-x-4">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="grid min-w-0 gap-1 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
