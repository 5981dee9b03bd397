import { Link } from "@remix-run/react";
import { Send, UserCheck } from "lucide-react";
import { Countdown } from "#app/components/countdown.tsx";
import { MembershipBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { FilterLink } from "#app/components/ui/filter-link.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { contactLabel } from "#app/lib/contact-name.ts";
import { inviteUrl } from "#app/lib/invite-url.ts";
import { type MembersView, membersViews } from "#app/lib/members-view.ts";
import { paths } from "#app/lib/paths.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { ContactPage, ContactRow } from "#server/contacts/views.ts";
import { formatPhone } from "#server/domain/phone.ts";
import { sandboxMembership } from "#server/domain/sandbox-membership.ts";
import type { MembershipCounts } from "#server/sandbox/views.ts";

const text = fr.sandboxPage.members;

const countOf: Record<MembersView, keyof MembershipCounts> = {
  inscrits: "member",
  "expirent-bientot": "expiring",
  "a-reinscrire": "toRejoin",
};

type MembersCardProps = { contacts: ContactPage; counts: MembershipCounts; view: MembersView };

/** Who is in the sandbox, for how long, and who has to send the code again (criteria 7.3 and 7.4). */
export function MembersCard({ contacts, counts, view }: MembersCardProps) {
  const { windowHours } = useSandbox();
  return (
    <Card id="inscriptions" aria-labelledby="inscriptions-titre">
      <CardHeader id="inscriptions-titre" title={text.title} hint={text.hint(windowHours)} />
      <nav
        aria-label={text.filter}
        className="flex gap-1.5 overflow-x-auto border-line border-b px-4 py-3 sm:flex-wrap sm:px-6"
      >
        {membersViews.map((one) => (
          <FilterLink
            key={one}
            to={paths.sandbox({ liste: one === "inscrits" ? undefined : one })}
            active={one === view}
            label={text.views[one]}
            total={counts[countOf[one]].total}
            totalIsMore={counts[countOf[one]].totalIsMore}
          />
        ))}
      </nav>
      {contacts.rows.length === 0 ? (
        <EmptyState icon={UserCheck} title={text.empty[view].title}>
          {text.empty[view].text}
        </EmptyState>
      ) : (
        <Table
          label={text.views[view]}
          head={
            <>
              <HeadCell>{fr.contacts.columns.name}</HeadCell>
              <HeadCell>{fr.contacts.columns.number}</HeadCell>
              <HeadCell className="w-1/4">{text.membership}</HeadCell>
              <HeadCell className="w-1/4">{text.window}</HeadCell>
              <HeadCell>
                <span className="sr-only">{fr.contacts.columns.actions}</span>
              </HeadCell>
            </>
          }
        >
          {contacts.rows.map((contact) => (
            <MemberLine key={contact.id} contact={contact} />
          ))}
        </Table>
      )}
      <CursorPages {...contacts} />
    </Card>
  );
}

function MemberLine({ contact }: { contact: ContactRow }) {
  const { now } = useClock();
  const { membershipHours } = useSandbox();
  const { state, endsAt } = sandboxMembership(contact, now, membershipHours);
  const isMember = state === "member" || state === "expiring";
  return (
    <Row>
      <Cell className="font-medium max-xl:w-full">
        <Link to={paths.contact(contact.id)} prefetch="intent" className="hover:underline">
          {contactLabel(contact)}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft tabular-nums">{formatPhone(contact.fullNumber)}</Cell>
      <Cell className="max-xl:w-full">
        <PhoneLabel>{text.membership}</PhoneLabel>
        {isMember && endsAt ? (
          <Countdown endsAt={endsAt} hours={membershipHours} warningHours={12} />
        ) : (
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <MembershipBadge contact={contact} membershipHours={membershipHours} />
            {endsAt && <Time at={endsAt} />}
          </span>
        )}
      </Cell>
      <Cell className="max-xl:w-full">
        <PhoneLabel>{text.window}</PhoneLabel>
        <Window contact={contact} />
      </Cell>
      <Cell className="text-right max-xl:ml-auto max-xl:empty:hidden">
        {!isMember && !contact.optedOutAt && <InviteLink contact={contact} />}
      </Cell>
    </Row>
  );
}

/** What the head of the column says where there is one. */
function PhoneLabel({ children }: { children: string }) {
  return <span className="block text-ink-soft text-xs xl:hidden">{children}</span>;
}

function Window({ contact: { lastInboundAt } }: { contact: ContactRow }) {
  const { now } = useClock();
  const { windowHours } = useSandbox();
  const endsAt = lastInboundAt && new Date(lastInboundAt.getTime() + windowHours * 3_600_000);
  if (!endsAt || endsAt <= now) return <span className="text-ink-soft">{text.windowClosed}</span>;
  return <Countdown endsAt={endsAt} hours={windowHours} warningHours={3} />;
}

/** Opens WhatsApp with the invitation written: a person sends it, since the sandbox cannot. */
function InviteLink({ contact }: { contact: ContactRow }) {
  const url = inviteUrl(contact.fullNumber, useSandbox());
  if (!url) return null;
  return (
    <Button asChild size="sm">
      <a href={url} target="_blank" rel="noreferrer" aria-label={text.inviteLabel(contactLabel(contact))}>
        <Send aria-hidden />
        {text.invite}
      </a>
    </Button>
  );
}
