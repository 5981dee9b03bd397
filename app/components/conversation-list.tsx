import { Link, useLocation, useSearchParams } from "@remix-run/react";
import { BellOff, MapPin, Paperclip } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "#app/components/time.tsx";
import { Unread } from "#app/components/unread.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { contactLabel, contactName } from "#app/lib/contact-name.ts";
import { listPart } from "#app/lib/inbox-query.ts";
import { paths } from "#app/lib/paths.ts";
import type { InboxRow, StrangerRow } from "#server/conversations/views.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = frConversations;

/** The inbox, the latest first; what is unread is bold and counted. */
export function ConversationList({ rows }: { rows: readonly InboxRow[] }) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <Line
          key={row.id}
          to={paths.conversation(row.id)}
          name={contactLabel(row)}
          at={row.conversedAt}
          unread={row.unread}
        >
          <span className="flex min-w-0 items-center gap-2">
            <span className="min-w-0 flex-1 truncate">
              <Preview preview={row.preview} />
            </span>
            {row.optedOutAt && (
              <span title={fr.contacts.optedOut} className="text-danger-ink">
                <BellOff aria-hidden className="size-3.5" />
                <span className="sr-only">{fr.contacts.optedOut}</span>
              </span>
            )}
          </span>
          {contactName(row) && (
            <span className="text-ink-soft text-xs tabular-nums">{formatPhone(row.fullNumber)}</span>
          )}
        </Line>
      ))}
    </ul>
  );
}

/** Who wrote without being in the contacts. */
export function StrangerList({ rows }: { rows: readonly StrangerRow[] }) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <Line
          key={row.id}
          to={paths.stranger(row.id)}
          name={row.profileName ?? (row.number ? formatPhone(row.number) : text.strangers.unnamed)}
          at={row.lastSeenAt}
          unread={0}
        >
          <bdi className="truncate">{row.text || text.thread.noText}</bdi>
          <span className="text-ink-soft text-xs tabular-nums">
            {row.number ? formatPhone(row.number) : text.strangers.noNumber}
          </span>
        </Line>
      ))}
    </ul>
  );
}

type LineProps = { to: string; name: string; at: Date; unread: number; children: ReactNode };

function Line({ to, name, at, unread, children }: LineProps) {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const isOpen = pathname === to;
  return (
    <li>
      <Link
        to={to + listPart(params)}
        prefetch="intent"
        aria-current={isOpen ? "page" : undefined}
        className={cn(
          "grid gap-0.5 border-transparent border-l-3 py-3 pr-4 pl-3.5 transition-colors hover:bg-sunken",
          isOpen && "border-accent bg-accent-soft hover:bg-accent-soft",
        )}
      >
        <span className="flex items-baseline justify-between gap-3">
          <bdi className={cn("min-w-0 truncate font-medium", unread > 0 && "font-bold")}>{name}</bdi>
          <Time at={at} className="shrink-0 text-ink-soft text-xs" />
        </span>
        <span className="flex min-w-0 items-end justify-between gap-3">
          <span className={cn("grid min-w-0 flex-1 text-ink-soft", unread > 0 && "text-ink")}>
            {children}
          </span>
          <Unread count={unread} said={text.unread(unread)} />
        </span>
      </Link>
    </li>
  );
}

function Preview({ preview }: { preview: InboxRow["preview"] }) {
  if (!preview) return <>{text.nothingSaid}</>;
  const { from, beside } = preview;
  if (beside) {
    const Icon = beside === "media" ? Paperclip : MapPin;
    return (
      <span className="inline-flex items-center gap-1.5">
        <Icon aria-hidden className="size-3.5" />
        {text.beside[beside]}
      </span>
    );
  }
  return (
    <>
      {from === "us" && <span className="text-ink-soft">{text.you} </span>}
      <bdi>{preview.text || text.thread.noText}</bdi>
    </>
  );
}
