// The messages that the history shows, as a file. No page: the history links to it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { fr } from "#app/i18n/fr.ts";
import { csvResponse } from "#app/lib/csv-response.server.ts";
import { historyQueryOf } from "#app/lib/history-query.ts";
import { outcomeText } from "#app/lib/outcome-text.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { formatPhone } from "#server/domain/phone.ts";

const { statuses, types } = fr.messages;
const columns = fr.exports.messages;

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const filter = historyQueryOf(new URL(args.request.url).searchParams);
  return csvResponse(args, {
    name: "relance-messages",
    header: [
      columns.campaign,
      columns.type,
      columns.number,
      columns.firstName,
      columns.lastName,
      columns.status,
      columns.reason,
      columns.code,
      columns.content,
      columns.createdAt,
      columns.sentAt,
      columns.deliveredAt,
      columns.readAt,
      columns.failedAt,
    ],
    read: (after) => caller.exports.messages({ ...filter, after }),
    cells: (message, time) => [
      message.campaign,
      types[message.type ?? "message_1"],
      formatPhone(message.number),
      message.firstName,
      message.lastName,
      statuses[message.status],
      outcomeText(message),
      message.errorCode,
      message.content,
      time(message.createdAt),
      time(message.sentAt),
      time(message.deliveredAt),
      time(message.readAt),
      time(message.failedAt),
    ],
  });
}
