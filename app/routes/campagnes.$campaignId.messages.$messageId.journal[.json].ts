// The journal of a message as a file. No page: the flight recorder links to it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const id = Number(args.params.messageId);
  const journal = await (await callerFor(args)).proof.journal({ id });
  if (String(journal.message.campaignId) !== args.params.campaignId)
    throw new Response(null, { status: 404 });
  return new Response(`${JSON.stringify(journal, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="relance-message-${id}.json"`,
      "cache-control": "no-store",
    },
  });
}
