// A file that came with a message, fetched for a user who may see it: Twilio wants the account's credentials, which no
// browser ever gets.
import { mediaKind, mediaMaxBytes, plainType } from "#server/domain/media-types.ts";
import { type MediaSettings, mediaPlace } from "#server/twilio/media-hosts.ts";

type FetchSettings = MediaSettings & { twilioAuthToken: string; twilioTimeoutMs: number };

export type MediaProblem =
  /** not Twilio's address, at first or after a redirect */
  | "not_twilio"
  /** Twilio has it no more */
  | "gone"
  | "unreachable"
  /** of a type that is not opened */
  | "wrong_type"
  | "too_big";

export type MediaFile = {
  /** without parameters, one of server/domain/media-types.ts */
  contentType: string;
  /** of a part: which, of how many bytes, as the header says it */
  contentRange?: string;
  /** ends with an error when it grows beyond `maxBytes` */
  body: ReadableStream<Uint8Array>;
};

const redirects = 3;
/** What players ask for: one part, from a place on. */
const aPart = /^bytes=\d{1,12}-\d{0,12}$/;
/** Of the whole file, to a slow reader. */
const bodyMs = 120_000;

/**
 * Fetches a file from Twilio, following redirects to Twilio's hosts alone. Its type is what Twilio says now, from a short
 * list; nothing beyond `maxBytes` is passed on. A player that wants a part (`range`, as in the header) gets one where Twilio
 * gives it, the whole otherwise. Never throws: what goes wrong is one of the problems.
 */
export async function fetchMedia(
  settings: FetchSettings,
  address: string,
  { maxBytes = mediaMaxBytes, range }: { maxBytes?: number; range?: string | null } = {},
): Promise<MediaFile | { problem: MediaProblem }> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), settings.twilioTimeoutMs);
  const refuse = (problem: MediaProblem) => {
    stop.abort();
    return { problem };
  };
  try {
    let next = address;
    for (let hop = 0; hop <= redirects; hop += 1) {
      const place = mediaPlace(next, settings);
      if (!place) return refuse("not_twilio");
      const response = await fetch(place.url, {
        redirect: "manual",
        signal: stop.signal,
        headers: {
          ...(place.credentials && { authorization: basic(settings) }),
          ...(range && aPart.test(range) && { range }),
        },
      });
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location) {
        await response.body?.cancel();
        if (!URL.canParse(location, place.url.href)) return refuse("not_twilio");
        next = new URL(location, place.url).href;
        continue;
      }
      if (response.status === 404 || response.status === 410) return refuse("gone");
      if (!response.ok || !response.body) return refuse("unreachable");
      const contentType = plainType(response.headers.get("content-type"));
      if (mediaKind(contentType) === null) return refuse("wrong_type");
      if (Number(response.headers.get("content-length") ?? 0) > maxBytes) return refuse("too_big");
      const contentRange = response.status === 206 && response.headers.get("content-range");
      const end = setTimeout(() => stop.abort(), bodyMs);
      const body = bounded(response.body, maxBytes, () => clearTimeout(end));
      return { contentType, body, ...(contentRange && { contentRange }) };
    }
    return refuse("unreachable");
  } catch {
    // a timeout or a network that fails: the reason names addresses at most, and there is nothing to repair here
    return refuse("unreachable");
  } finally {
    clearTimeout(timer);
  }
}

function basic({ twilioAccountSid, twilioAuthToken }: FetchSettings): string {
  return `Basic ${Buffer.from(`${twilioAccountSid}:${twilioAuthToken}`).toString("base64")}`;
}

function bounded(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let size = 0;
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await reader.read();
      size += value?.byteLength ?? 0;
      if (size > maxBytes) {
        await reader.cancel();
        onEnd();
        controller.error(new Error("the file is too big"));
      } else if (done) {
        onEnd();
        controller.close();
      } else controller.enqueue(value);
    },
    async cancel() {
      onEnd();
      await reader.cancel();
    },
  });
}
