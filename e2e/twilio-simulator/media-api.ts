// Files that came with a message. Their address (MediaUrl0 …) needs the account's credentials and leads on to Twilio's
// content network, which needs none; here both are the simulator.
import type { ServerResponse } from "node:http";
import { twilioError } from "./errors.ts";
import type { ApiAnswer, ApiHandler } from "./http.ts";
import { mediaResource } from "./serialize.ts";
import type { Simulator } from "./simulator.ts";

/** `/2010-04-01/Accounts/AC…/Messages/MM…/Media.json` */
export const listMedia: ApiHandler = (simulator, { path, sid }) => {
  if (!simulator.store.messages.find(sid)) return notFound(path);
  const files = simulator.store.media.ofMessage(sid);
  const uri = `${path}?PageSize=50&Page=0`;
  const json = {
    end: Math.max(files.length - 1, 0),
    first_page_uri: uri,
    media_list: files.map((media) => mediaResource(media, simulator.settings().accountSid)),
    next_page_uri: null,
    page: 0,
    page_size: 50,
    previous_page_uri: null,
    start: 0,
    uri,
  };
  return { status: 200, json };
};

export const fetchMedia: ApiHandler = (simulator, { path, sid, mediaSid }) => {
  const media = simulator.store.media.find(mediaSid);
  if (media?.messageSid !== sid) return notFound(path);
  return { status: 200, json: mediaResource(media, simulator.settings().accountSid) };
};

/** Without `.json`: the file itself, by a redirect. */
export const redirectToMedia: ApiHandler = (simulator, { path, sid, mediaSid, origin }) => {
  if (simulator.store.media.find(mediaSid)?.messageSid !== sid) return notFound(path);
  return { status: 307, json: null, location: `${origin}${contentPath}${mediaSid}` };
};

const contentPath = "/_media/";

/** The content network: the file of a path below `/_media/`. What it holds is never run by a browser. */
export function answerContent(simulator: Simulator, path: string, response: ServerResponse): boolean {
  if (!path.startsWith(contentPath)) return false;
  const media = simulator.store.media.find(path.slice(contentPath.length));
  if (!media) response.writeHead(404).end();
  else
    response
      .writeHead(200, {
        "content-type": media.contentType,
        "content-length": media.bytes.length,
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
      })
      .end(media.bytes);
  return true;
}

function notFound(path: string): ApiAnswer {
  const body = twilioError(20404, { message: `The requested resource ${path} was not found` });
  return { status: body.status, json: body };
}
