import { Link } from "@remix-run/react";
import { Forward, MousePointerClick, RotateCcw, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { InboundLocation } from "#app/components/inbound-location.tsx";
import { InboundMedia } from "#app/components/inbound-media.tsx";
import { KeywordBadge } from "#app/components/keyword-badge.tsx";
import { MessageReason } from "#app/components/message-reason.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { MessageStatusBadge } from "#app/components/status-badges.tsx";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { twilioError } from "#app/i18n/twilio-errors.ts";
import { useClock } from "#app/lib/clock.tsx";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import type { ThreadItem } from "#server/conversations/views.ts";

const text = frConversations.thread;

type Item<Kind extends ThreadItem["kind"]> = Extract<ThreadItem, { kind: Kind }>;

/** Twilio's answer of a trial account to any free text (twilio-facts.md 1.4). */
const contentSidRequired = 21654;

type BubbleProps = { side: "in" | "out"; label: string; children: ReactNode };

function Bubble({ side, label, children }: BubbleProps) {
  return (
    <li
      className={cn(
        "grid w-fit min-w-0 max-w-[88%] gap-1 rounded-2xl px-3 pt-2 pb-1.5 text-ink shadow-card sm:max-w-[75%]",
        side === "in" ? "self-start rounded-tl-sm bg-chat-in" : "self-end rounded-tr-sm bg-chat-out",
      )}
    >
      <span className="sr-only">{label}</span>
      {children}
    </li>
  );
}

/** Whose language and direction it is in, nobody knows before it is there: each text decides for itself. */
function Words({ children }: { children: string }) {
  return (
    <p dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
      <MessageText text={children} />
    </p>
  );
}

/** What we wrote: campaign, template or reply, what became of it and when. */
export function SentBubble({ item }: { item: Item<"sent"> }) {
  const { format } = useClock();
  const { status } = item;
  const arrivedAt = { read: item.readAt, delivered: item.deliveredAt }[status as string];
  return (
    <Bubble side="out" label={text.sent}>
      <Origin item={item} />
      <Words>{item.text}</Words>
      <span className="flex flex-wrap items-center justify-end gap-x-2 gap-y-1 text-ink-soft text-xs tabular-nums">
        <time dateTime={item.at.toISOString()} title={times(item, format.time)}>
          {format.time(item.at)}
        </time>
        <MessageStatusBadge status={status} />
        {arrivedAt && <span>{format.time(arrivedAt)}</span>}
      </span>
      <Trouble item={item} />
    </Bubble>
  );
}

/** "Envoyé 14:05 · Remis 14:05 · Lu 14:09" */
function times({ sentAt, deliveredAt, readAt }: Item<"sent">, time: (at: Date) => string): string {
  const { statuses } = fr.messages;
  const steps = { sent: sentAt, delivered: deliveredAt, read: readAt };
  return Object.entries(steps)
    .flatMap(([status, at]) => (at ? [text.at(statuses[status as keyof typeof steps], time(at))] : []))
    .join(" · ");
}

function Origin({ item: { campaign, type, id, template, authorEmail } }: { item: Item<"sent"> }) {
  const kind = fr.messages.types[type ?? "message_1"];
  if (campaign) {
    const name = text.campaign(kind, campaign.name);
    return (
      <span className="text-ink-soft text-xs [overflow-wrap:anywhere]">
        {campaign.deleted ? (
          name
        ) : (
          <Link to={paths.message(campaign.id, id)} className="underline underline-offset-2">
            {name}
          </Link>
        )}
      </span>
    );
  }
  return (
    <span className="text-ink-soft text-xs [overflow-wrap:anywhere]">
      {type === "reply" ? text.reply(authorEmail) : kind}
      {template && ` · ${text.template}`}
    </span>
  );
}

/** Why it did not arrive, or does not go, and what to press. */
function Trouble({ item }: { item: Item<"sent"> }) {
  const { status, errorCode, type, id } = item;
  const isReply = type === "reply";
  if (status === "pending") {
    return (
      <div className="grid gap-1.5 text-[0.8125rem]">
        {errorCode !== null && item.retryCount === 0 ? (
          <Refused item={item} />
        ) : (
          <MessageReason message={{ ...item, contact: null }} />
        )}
        {isReply && (
          <ActionButton
            intent="cancel"
            fields={{ messageId: id }}
            size="sm"
            variant="ghost"
            icon={<Undo2 aria-hidden />}
          >
            {text.cancel}
          </ActionButton>
        )}
      </div>
    );
  }
  const isWorthTelling = status === "failed" || status === "uncertain" || status === "skipped";
  if (!isWorthTelling) return null;
  return (
    <div className="grid gap-1.5 text-[0.8125rem]">
      <MessageReason message={{ ...item, contact: null }} />
      {isReply && status === "failed" && (
        <ActionButton
          intent="resend"
          fields={{ messageId: id }}
          size="sm"
          icon={<RotateCcw aria-hidden />}
          className="w-fit"
        >
          {text.resend}
        </ActionButton>
      )}
    </div>
  );
}

/** Refused for the account's sake: it waits until somebody has dealt with that. */
function Refused({ item: { errorCode, errorMessage } }: { item: Item<"sent"> }) {
  const title = twilioError(errorCode)?.title ?? fr.messages.unknownError(String(errorCode));
  return (
    <div className="grid gap-1 rounded-lg bg-danger-soft px-2.5 py-2 text-danger-ink">
      <p className="font-medium">{text.refused(title)}</p>
      {errorCode === contentSidRequired ? (
        <p>{text.trial}</p>
      ) : (
        <TwilioErrorNote code={errorCode} twilioText={errorMessage} />
      )}
    </div>
  );
}

type ReceivedProps = {
  item: Omit<Item<"received">, "kind" | "type" | "quoted"> & Partial<Item<"received">>;
  mediaPath: (index: number) => string;
  /** where no line between the days says it */
  withDay?: boolean;
};

/** What they wrote: text, button, files, place, reaction. Nothing of it is ever taken for markup. */
export function ReceivedBubble({ item, mediaPath, withDay }: ReceivedProps) {
  const { now, format } = useClock();
  const words = item.text || item.button;
  const isEmpty = !words && item.media.length === 0 && !item.location;
  return (
    <Bubble side="in" label={item.type === "reaction" ? text.reaction : text.received}>
      {item.forwarded && <Note icon={<Forward aria-hidden className="size-3.5" />}>{text.forwarded}</Note>}
      {item.quoted && (
        <blockquote className="line-clamp-2 border-line border-l-2 pl-2 text-ink-soft text-xs [overflow-wrap:anywhere]">
          <span className="sr-only">{text.quoted} : </span>
          <span dir="auto">{item.quoted}</span>
        </blockquote>
      )}
      {item.type === "reaction" && <Note>{text.reaction}</Note>}
      {item.media.map((media) => (
        <InboundMedia key={media.index} media={media} path={mediaPath(media.index)} />
      ))}
      {item.location && <InboundLocation location={item.location} />}
      {item.button && (
        <Note icon={<MousePointerClick aria-hidden className="size-3.5" />}>{text.button}</Note>
      )}
      {words && <Words>{words}</Words>}
      {isEmpty && <p className="text-ink-soft italic">{text.noText}</p>}
      <span className="flex flex-wrap items-center gap-2 text-ink-soft text-xs tabular-nums">
        <time dateTime={item.at.toISOString()}>
          {withDay ? format.dateTime(item.at, now) : format.time(item.at)}
        </time>
        {item.keyword && <KeywordBadge keyword={item.keyword} />}
      </span>
    </Bubble>
  );
}

function Note({ icon, children }: { icon?: ReactNode; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-soft text-xs">
      {icon}
      {children}
    </span>
  );
}
