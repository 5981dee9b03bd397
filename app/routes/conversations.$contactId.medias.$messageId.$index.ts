// A file that came with a message of a contact. No page: the conversation shows it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { mediaResponse } from "#app/lib/media-response.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { contactId, messageId, index } = args.params;
  const caller = await callerFor(args);
  const { url } = await caller.conversations.media({
    contactId: Number(contactId),
    id: Number(messageId),
    index: Number(index),
  });
  return mediaResponse(args, url);
}
