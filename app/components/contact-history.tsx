import { Link, useSearchParams } from "@remix-run/react";
import { MessageReason } from "#app/components/message-reason.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { MessageStatusBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Timeline, TimelineItem } from "#app/components/ui/timeline.tsx";
import { frPersonalData } from "#app/i18n/fr/personal-data.ts";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import type {
  ContactHistoryItem,
  ContactSnapshot,
  ContactHistory as History,
} from "#server/contacts/views.ts";
import { contactHistoryKinds } from "#server/domain/inputs.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = fr.contacts.detail;

type ContactHistoryProps = { contactId: number; history: History; kind: string | null };

/** Messages, answers and changes of the card; the latest first, page after page. */
export function ContactHistory({ contactId, history, kind }: ContactHistoryProps) {
  const [search] = useSearchParams();
  const isOlder = search.has("avant");
  return (
    <Card>
      <CardHeader title={text.history} />
      <CardBody className="grid gap-4">
        <nav aria-label={text.historyFilter} className="flex flex-wrap gap-1">
          {[null, ...contactHistoryKinds].map((one) => (
            <Link
              key={one}
              to={paths.contact(contactId, { historique: one })}
              preventScrollReset
              aria-current={one === kind ? "true" : undefined}
              className={cn(
                "rounded-full border border-line px-3 py-1 text-[0.8125rem] transition-colors hover:bg-sunken",
                one === kind && "border-accent bg-accent-soft text-accent-ink",
              )}
            >
              {text.historyKinds[one ?? "all"]}
            </Link>
          ))}
        </nav>
        {history.items.length === 0 ? (
          <p className="text-ink-soft">{kind ? text.historyNone : text.historyEmpty}</p>
        ) : (
          <Timeline>
            {history.items.map((item) => (
              <Item key={`${item.kind}-${item.id}`} item={item} />
            ))}
          </Timeline>
        )}
        {(history.next || isOlder) && (
          <div className="flex flex-wrap gap-2">
            {isOlder && (
              <Button asChild size="sm" variant="ghost">
                <Link to={paths.contact(contactId, { historique: kind })} preventScrollReset>
                  {text.newest}
                </Link>
              </Button>
            )}
            {history.next && (
              <Button asChild size="sm">
                <Link
                  to={paths.contact(contactId, { historique: kind, avant: history.next })}
                  preventScrollReset
                >
                  {text.older}
                </Link>
              </Button>
            )}
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function Item({ item }: { item: ContactHistoryItem }) {
  if (item.kind === "message") return <MessageItem item={item} />;
  if (item.kind === "answer") return <AnswerItem item={item} />;
  return <ChangeItem item={item} />;
}

type Kind<Name extends ContactHistoryItem["kind"]> = { item: Extract<ContactHistoryItem, { kind: Name }> };

function MessageItem({ item }: Kind<"message">) {
  const type = fr.messages.types[item.type ?? "message_1"];
  return (
    <TimelineItem
      title={
        <span className="flex flex-wrap items-center gap-2">
          {type}
          <MessageStatusBadge status={item.status} />
        </span>
      }
      time={<Time at={item.at} />}
      tone={item.status === "failed" ? "danger" : "neutral"}
    >
      <div className="grid gap-1">
        <CampaignLink item={item} />
        <div className="line-clamp-3 whitespace-pre-wrap text-ink">
          <MessageText text={item.content} />
        </div>
        <MessageReason
          message={{ ...item, contact: null, toNumber: null, retryCount: 0, nextAttemptAt: null }}
        />
      </div>
    </TimelineItem>
  );
}

function AnswerItem({ item }: Kind<"answer">) {
  return (
    <TimelineItem
      title={item.type === "reaction" ? text.reaction : text.answer}
      time={<Time at={item.at} />}
      tone="accent"
    >
      <div className="grid gap-1">
        {item.campaign && <p>{text.inCampaign(item.campaign.name)}</p>}
        <p className="w-fit max-w-full whitespace-pre-wrap rounded-lg rounded-tl-sm bg-accent-soft px-2.5 py-1.5 text-accent-ink [overflow-wrap:anywhere]">
          {item.content || text.media}
        </p>
      </div>
    </TimelineItem>
  );
}

function CampaignLink({ item }: Kind<"message">) {
  const { campaign } = item;
  if (!campaign) return null;
  const name = text.inCampaign(campaign.name);
  if (campaign.deleted) return <p>{name}</p>;
  return (
    <Link
      to={paths.message(campaign.id, item.id)}
      className="w-fit text-accent-ink underline underline-offset-2"
    >
      {name}
    </Link>
  );
}

function ChangeItem({ item }: Kind<"change">) {
  return (
    <TimelineItem title={text.actions[item.action]} time={<Time at={item.at} />}>
      {item.userEmail && <p className="[overflow-wrap:anywhere]">{text.by(item.userEmail)}</p>}
      {item.action.startsWith("opted_") && item.after?.reason && (
        <p className="[overflow-wrap:anywhere]">
          {item.after.reason === "erased_before"
            ? frPersonalData.erasedBefore
            : text.reason(item.after.reason)}
        </p>
      )}
      {differences(item).map((difference) => (
        <p key={difference} className="break-words">
          {difference}
        </p>
      ))}
    </TimelineItem>
  );
}

function differences({ action, before, after }: Kind<"change">["item"]): string[] {
  if (action !== "updated" || !before || !after) return [];
  return (Object.keys(text.fields) as (keyof ContactSnapshot)[])
    .filter((field) => field in before || field in after)
    .map((field) => text.change(text.fields[field], written(field, before), written(field, after)));
}

function written(field: keyof ContactSnapshot, snapshot: ContactSnapshot): string {
  const value = snapshot[field];
  if (Array.isArray(value)) return value.join(", ") || fr.common.none;
  if (!value) return fr.common.none;
  return field === "fullNumber" ? formatPhone(value) : value;
}
