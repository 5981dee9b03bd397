import { Link, useSearchParams } from "@remix-run/react";
import { ChevronLeft, IdCard, MailOpen, MailQuestion } from "lucide-react";
import { MembershipBadge } from "#app/components/status-badges.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { contactLabel, contactName } from "#app/lib/contact-name.ts";
import { listPart } from "#app/lib/inbox-query.ts";
import { paths } from "#app/lib/paths.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { ConversationContact } from "#server/conversations/views.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = frConversations.thread;

type ThreadHeaderProps = { contact: ConversationContact; lastReceivedId: number | null };

/** Whose conversation it is, and what to do with it as a whole. */
export function ThreadHeader({ contact, lastReceivedId }: ThreadHeaderProps) {
  const { membershipHours } = useSandbox();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3">
      <div className="flex min-w-0 items-center gap-2">
        <BackToInbox />
        <div className="grid min-w-0">
          <h2 className="truncate font-semibold text-base">
            <bdi>{contactLabel(contact)}</bdi>
          </h2>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft text-xs tabular-nums">
            {contactName(contact) && formatPhone(contact.fullNumber)}
            <MembershipBadge contact={contact} membershipHours={membershipHours} />
          </span>
        </div>
      </div>
      <div className="flex items-center gap-1">
        {contact.unread && lastReceivedId !== null && (
          <ActionButton
            intent="read"
            fields={{ upTo: lastReceivedId }}
            size="sm"
            variant="ghost"
            icon={<MailOpen aria-hidden />}
          >
            {text.markRead}
          </ActionButton>
        )}
        {!contact.unread && contact.lastInboundAt && (
          <ActionButton
            intent="unread"
            size="iconSmall"
            variant="ghost"
            icon={<MailQuestion aria-hidden />}
            label={text.markUnread}
          />
        )}
        <Button asChild size="sm" variant="ghost">
          <Link to={paths.contact(contact.id)} prefetch="intent">
            <IdCard aria-hidden />
            <span className="max-sm:sr-only">{text.card}</span>
          </Link>
        </Button>
      </div>
    </div>
  );
}

/** Where a phone shows one after the other. */
export function BackToInbox() {
  const [params] = useSearchParams();
  return (
    <Button asChild size="iconSmall" variant="ghost" className="-ml-2 lg:hidden">
      <Link to={paths.conversations() + listPart(params)} aria-label={text.back}>
        <ChevronLeft aria-hidden />
      </Link>
    </Button>
  );
}
