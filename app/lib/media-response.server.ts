// A file a contact sent, as an answer: never as a page, whatever is in it.
import { frConversations } from "#app/i18n/fr/conversations.ts";
import type { RouteArgs } from "#app/lib/trpc.server.ts";
import { mediaKind } from "#server/domain/media-types.ts";
import { fetchMedia, type MediaProblem } from "#server/twilio/fetch-media.ts";

const statuses: Record<MediaProblem, number> = {
  not_twilio: 404,
  gone: 404,
  unreachable: 502,
  wrong_type: 415,
  too_big: 413,
};

/**
 * Fetches what lies at `url` from Twilio and hands it on. Pictures, sounds and films are shown where they are asked for; a
 * document is downloaded. Safari plays only what it may ask for in parts. The policy leaves nothing of it a right to run or to load.
 */
export async function mediaResponse({ request, context }: RouteArgs, url: string): Promise<Response> {
  const { env, log } = context.services;
  const media = await fetchMedia(env, url, { range: request.headers.get("range") });
  // beside those of every answer, "nosniff" among them (server/http/security-headers.ts)
  const headers = { "content-security-policy": "default-src 'none'; sandbox" };
  if ("problem" in media) {
    log.warn({ problem: media.problem, requestId: context.requestId }, "media not shown");
    return new Response(frConversations.media.problems[media.problem], {
      status: statuses[media.problem],
      headers: { ...headers, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  }
  const isShown = mediaKind(media.contentType) !== "document";
  return new Response(media.body, {
    status: media.contentRange ? 206 : 200,
    headers: {
      ...headers,
      ...(media.contentRange && { "content-range": media.contentRange }),
      "accept-ranges": "bytes",
      "content-type": media.contentType,
      "content-disposition": isShown ? "inline" : "attachment",
      // a file never changes, and is this user's alone to see
      "cache-control": "private, max-age=86400",
    },
  });
}
