// A file that came with a message of an unknown sender. No page: the inbox shows it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { mediaResponse } from "#app/lib/media-response.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { strangerId, messageId, index } = args.params;
  const caller = await callerFor(args);
  const { url } = await caller.strangers.media({
    strangerId: Number(strangerId),
    id: Number(messageId),
    index: Number(index),
  });
  return mediaResponse(args, url);
}
