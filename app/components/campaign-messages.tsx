import { Link } from "@remix-run/react";
import { MessagesSquare, RotateCcw } from "lucide-react";
import { ExportMenu } from "#app/components/export-menu.tsx";
import { MessageReason } from "#app/components/message-reason.tsx";
import { MessageStatusBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { FilterLink } from "#app/components/ui/filter-link.tsx";
import { FilterRow } from "#app/components/ui/filter-row.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { recipientLabel, recipientNumber } from "#app/lib/message-recipient.ts";
import { paths } from "#app/lib/paths.ts";
import type { CampaignDetail } from "#server/campaigns/views.ts";
import { canRetryMessages } from "#server/domain/campaign-status.ts";
import { type MessageStatus, messageStatuses } from "#server/domain/message-status.ts";
import type { MessagePage, MessageRow } from "#server/messages/views.ts";

const text = fr.messages;

type CampaignMessagesProps = {
  campaign: CampaignDetail;
  messages: MessagePage;
  /** the status shown alone */
  status: MessageStatus | null;
};

/** Every message of a campaign with its status and reason. */
export function CampaignMessages({ campaign, messages, status }: CampaignMessagesProps) {
  const { columns } = text;
  return (
    <Card>
      <CardHeader
        title={text.title}
        actions={campaign.totalRecipients > 0 && <ExportMenu path={paths.exportCampaign(campaign.id)} />}
      />
      <StatusFilter campaign={campaign} chosen={status} />
      {messages.rows.length === 0 ? (
        <EmptyState icon={MessagesSquare} title={text.empty.title}>
          {status ? text.empty.filtered : text.empty.all}
        </EmptyState>
      ) : (
        <Table
          label={text.title}
          head={
            <>
              <HeadCell>{columns.contact}</HeadCell>
              <HeadCell>{columns.type}</HeadCell>
              <HeadCell>{columns.status}</HeadCell>
              <HeadCell className="w-2/5">{columns.reason}</HeadCell>
              <HeadCell>{columns.time}</HeadCell>
              <HeadCell>
                <span className="sr-only">{columns.actions}</span>
              </HeadCell>
            </>
          }
        >
          {messages.rows.map((message) => (
            <MessageLine
              key={message.id}
              campaign={campaign}
              message={message}
              retry={message.status === "failed" && canRetryMessages(campaign.status)}
            />
          ))}
        </Table>
      )}
      <CursorPages {...messages} />
    </Card>
  );
}

function StatusFilter({ campaign, chosen }: { campaign: CampaignDetail; chosen: MessageStatus | null }) {
  const { id, statusCounts, messageTwoCounts } = campaign;
  const of = (status: MessageStatus) => statusCounts[status] + messageTwoCounts[status];
  const shown = messageStatuses.filter((status) => of(status) > 0 || status === chosen);
  const total = messageStatuses.reduce((sum, status) => sum + of(status), 0);
  return (
    <FilterRow label={text.filter.label} className="border-line border-b px-4 py-3 sm:px-6">
      <FilterLink to={paths.campaign(id)} active={chosen === null} label={text.filter.all} total={total} />
      {shown.map((status) => (
        <FilterLink
          key={status}
          to={paths.campaign(id, { statut: status })}
          active={status === chosen}
          label={text.statuses[status]}
          total={of(status)}
        />
      ))}
    </FilterRow>
  );
}

type MessageLineProps = { campaign: CampaignDetail; message: MessageRow; retry: boolean };

function MessageLine({ campaign, message, retry }: MessageLineProps) {
  const name = recipientLabel(message);
  const number = recipientNumber(message);
  const at = message.readAt ?? message.deliveredAt ?? message.failedAt ?? message.sentAt ?? message.createdAt;
  return (
    <Row>
      <Cell className="max-xl:w-full xl:min-w-52">
        <Link
          to={paths.message(campaign.id, message.id)}
          prefetch="intent"
          className={cn("font-medium hover:underline", name === number && "whitespace-nowrap tabular-nums")}
        >
          {name}
        </Link>
        {number && number !== name && (
          <span className="block whitespace-nowrap text-[0.8125rem] text-ink-soft tabular-nums">
            {number}
          </span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft">
        {message.type ? text.types[message.type] : fr.common.none}
      </Cell>
      <Cell>
        <MessageStatusBadge status={message.status} />
      </Cell>
      <Cell className="min-w-0 max-xl:w-full max-xl:empty:hidden">
        <MessageReason message={message} campaign={campaign} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft max-xl:text-[0.8125rem]">
        {at ? <Time at={at} /> : fr.common.none}
      </Cell>
      <Cell className="text-right max-xl:ml-auto max-xl:empty:hidden">
        {retry && (
          <ActionButton
            intent="retry"
            fields={{ messageId: message.id }}
            size="sm"
            icon={<RotateCcw aria-hidden />}
            label={fr.campaigns.retry.oneLabel(name)}
          >
            {fr.campaigns.retry.one}
          </ActionButton>
        )}
      </Cell>
    </Row>
  );
}
