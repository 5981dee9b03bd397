import { Link } from "@remix-run/react";
import { MessageReason } from "#app/components/message-reason.tsx";
import { MessageStatusBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { recipientLabel, recipientNumber } from "#app/lib/message-recipient.ts";
import { paths } from "#app/lib/paths.ts";
import type { HistoryRow } from "#server/messages/views.ts";

const text = fr.messages;

/** Messages of any campaign: to whom, what was written, what became of it. */
export function MessageHistory({ rows }: { rows: readonly HistoryRow[] }) {
  const { columns, history } = text;
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>{columns.contact}</HeadCell>
          <HeadCell className="w-1/3">{history.columns.text}</HeadCell>
          <HeadCell className="w-1/5">{history.columns.campaign}</HeadCell>
          <HeadCell>{columns.status}</HeadCell>
          <HeadCell>{columns.time}</HeadCell>
        </>
      }
    >
      {rows.map((message) => (
        <HistoryLine key={message.id} message={message} />
      ))}
    </Table>
  );
}

function HistoryLine({ message }: { message: HistoryRow }) {
  const { campaign, status, type } = message;
  const name = recipientLabel(message);
  const number = recipientNumber(message);
  const at = message.readAt ?? message.deliveredAt ?? message.failedAt ?? message.sentAt ?? message.createdAt;
  const label = cn("font-medium", name === number && "whitespace-nowrap tabular-nums");
  return (
    <Row>
      <Cell className="max-xl:w-full xl:min-w-44">
        {campaign ? (
          <Link
            to={paths.message(campaign.id, message.id)}
            prefetch="intent"
            className={cn(label, "hover:underline")}
          >
            {name}
          </Link>
        ) : (
          <span className={label}>{name}</span>
        )}
        {number && number !== name && (
          <span className="block whitespace-nowrap text-[0.8125rem] text-ink-soft tabular-nums">
            {number}
          </span>
        )}
      </Cell>
      <Cell className="min-w-0 max-xl:w-full">
        <p className="line-clamp-2 break-words">{message.content}</p>
        {(status === "failed" || status === "uncertain" || message.reason) && (
          <div className="mt-1">
            <MessageReason message={message} />
          </div>
        )}
      </Cell>
      <Cell className="min-w-0 max-xl:w-full max-xl:text-[0.8125rem]">
        {campaign ? (
          <Link to={paths.campaign(campaign.id)} className="break-words text-ink-soft hover:underline">
            {campaign.name}
          </Link>
        ) : (
          <span className="text-ink-soft">{text.history.noCampaign}</span>
        )}
        {type && <span className="block whitespace-nowrap text-ink-soft text-xs">{text.types[type]}</span>}
      </Cell>
      <Cell>
        <MessageStatusBadge status={status} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft max-xl:text-[0.8125rem]">
        {at ? <Time at={at} /> : fr.common.none}
      </Cell>
    </Row>
  );
}
