import { Link, useSearchParams } from "@remix-run/react";
import { Fragment, type ReactNode } from "react";
import { ReceivedBubble, SentBubble } from "#app/components/thread-bubbles.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { useClock } from "#app/lib/clock.tsx";
import { listPart } from "#app/lib/inbox-query.ts";
import { paths } from "#app/lib/paths.ts";
import type { Conversation, ThreadItem } from "#server/conversations/views.ts";

const text = frConversations.thread;

type ThreadProps = Pick<Conversation, "items" | "older"> & { contactId: number };

/** What was said, day by day, the latest at the bottom, where it begins to be read. */
export function Thread({ items, older, contactId }: ThreadProps) {
  const [params] = useSearchParams();
  const isOlder = params.has("fil");
  const { now, format } = useClock();
  const list = listPart(params);
  const dayOf = (at: Date) => format.date(at, now);
  return (
    <ThreadFrame label={text.messages}>
      {older && (
        <Button asChild size="sm" className="justify-self-center">
          <Link to={`${paths.conversation(contactId)}?${withPage(list, older)}`}>{text.older}</Link>
        </Button>
      )}
      {items.length === 0 && <p className="py-8 text-center text-ink-soft">{text.empty}</p>}
      <ol className="flex flex-col gap-2">
        {items.map((item, index) => {
          const before = items[index - 1];
          const isNewDay = !before || dayOf(before.at) !== dayOf(item.at);
          return (
            <Fragment key={`${item.kind}-${item.id}`}>
              {isNewDay && <Day>{dayText(dayOf(item.at), dayOf(now))}</Day>}
              <Item item={item} contactId={contactId} />
            </Fragment>
          );
        })}
      </ol>
      {isOlder && (
        <Button asChild size="sm" className="justify-self-center">
          <Link to={paths.conversation(contactId) + list}>{text.newest}</Link>
        </Button>
      )}
    </ThreadFrame>
  );
}

/** Scrolls by itself, and begins at its end: the first of its children in the page is the last one in sight. */
export function ThreadFrame({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
      tabIndex={0}
      className="flex h-[max(17rem,calc(100dvh-28rem))] flex-col-reverse max-sm:h-[max(12rem,calc(100dvh-36rem))] overflow-y-auto bg-chat-wall"
    >
      <div className="grid gap-3 px-3 py-4 sm:px-5">{children}</div>
    </section>
  );
}

function withPage(list: string, older: string): URLSearchParams {
  const params = new URLSearchParams(list);
  params.set("fil", older);
  return params;
}

function dayText(day: string, today: string): string {
  return day === today ? text.today : day;
}

function Day({ children }: { children: string }) {
  return (
    <li className="mx-auto my-1 rounded-md bg-chat-in px-2.5 py-0.5 text-ink-soft text-xs">{children}</li>
  );
}

function Item({ item, contactId }: { item: ThreadItem; contactId: number }) {
  if (item.kind === "sent") return <SentBubble item={item} />;
  if (item.kind === "received") {
    return <ReceivedBubble item={item} mediaPath={(index) => paths.media(contactId, item.id, index)} />;
  }
  return <ChangeLine item={item} />;
}

function ChangeLine({ item }: { item: Extract<ThreadItem, { kind: "change" }> }) {
  const { format } = useClock();
  return (
    <li className="mx-auto max-w-prose rounded-md bg-warning-soft px-3 py-1.5 text-center text-[0.8125rem] text-warning-ink [overflow-wrap:anywhere]">
      {text.changes[item.action]} {item.userEmail && text.by(item.userEmail)} · {format.time(item.at)}
      {item.reason && <span className="block">{text.reason(item.reason)}</span>}
    </li>
  );
}
