// What became of each recipient of a campaign, as a file. No page: the campaign's links to it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { fr } from "#app/i18n/fr.ts";
import { csvResponse } from "#app/lib/csv-response.server.ts";
import { outcomeText } from "#app/lib/outcome-text.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { formatPhone } from "#server/domain/phone.ts";

const { statuses } = fr.messages;
const columns = fr.exports.messages;

export async function loader(args: LoaderFunctionArgs) {
  const id = Number(args.params.campaignId);
  const caller = await callerFor(args);
  return csvResponse(args, {
    name: `relance-campagne-${id}`,
    header: [
      columns.number,
      columns.firstName,
      columns.lastName,
      columns.status,
      columns.reason,
      columns.code,
      columns.sentAt,
      columns.deliveredAt,
      columns.readAt,
      columns.failedAt,
      columns.answers,
      columns.firstAnswerAt,
      columns.lastAnswer,
      columns.messageTwo,
    ],
    read: (after) => caller.exports.campaign({ id, after }),
    cells: (recipient, time) => [
      formatPhone(recipient.number),
      recipient.firstName,
      recipient.lastName,
      statuses[recipient.status],
      outcomeText(recipient),
      recipient.errorCode,
      time(recipient.sentAt),
      time(recipient.deliveredAt),
      time(recipient.readAt),
      time(recipient.failedAt),
      recipient.answers,
      time(recipient.firstAnswerAt),
      recipient.lastAnswer,
      recipient.messageTwo && statuses[recipient.messageTwo],
    ],
  });
}
