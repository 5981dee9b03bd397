// The contacts that the list shows, as a file. No page: the list links to it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { fr } from "#app/i18n/fr.ts";
import { contactQueryOf } from "#app/lib/contact-query.ts";
import { csvResponse } from "#app/lib/csv-response.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { formatPhone } from "#server/domain/phone.ts";
import { sandboxMembership } from "#server/domain/sandbox-membership.ts";

const columns = fr.exports.contacts;

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const filter = contactQueryOf(new URL(args.request.url).searchParams);
  const { sandboxMembershipHours } = args.context.services.env;
  const now = new Date();
  return csvResponse(args, {
    name: "relance-contacts",
    header: Object.values(columns),
    read: (after) => caller.exports.contacts({ ...filter, after }),
    cells: (contact, time) => [
      formatPhone(contact.fullNumber),
      contact.firstName,
      contact.lastName,
      contact.categories.map(({ name }) => name).join(", "),
      fr.sandbox.membership[sandboxMembership(contact, now, sandboxMembershipHours).state],
      time(contact.lastInboundAt),
      time(contact.optedOutAt),
      contact.flag && fr.contacts.flags[contact.flag],
      time(contact.createdAt),
    ],
  });
}
