// What is refused before anything looks at it.
import type { Request, RequestHandler } from "express";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const webhooks = /^\/api\/webhooks\//;
const bodyLimit = 2 * 1024 * 1024;
/** The page that takes a CSV file, as a page and as Remix asks it from a browser. */
const uploads = /^\/contacts\/importer(\.data)?$/;

/** Methods that `Request` does not know would end as a 500. */
export const knownMethods: RequestHandler = (req, res, next) => {
  if (methods.has(req.method)) next();
  else res.status(405).end();
};

/**
 * Bodies over 2 MiB, or of untold length, are refused: loaders and actions read them whole. Webhooks and the upload of a
 * file count for themselves while they read.
 */
export const bodySizes: RequestHandler = (req, res, next) => {
  if (webhooks.test(req.path) || (req.method === "POST" && uploads.test(req.path))) return next();
  if (Number(req.get("content-length") ?? 0) > bodyLimit) {
    res.status(413).set("Connection", "close").end();
  } else if (req.get("transfer-encoding")) {
    res.status(411).set("Connection", "close").end();
  } else {
    next();
  }
};

/**
 * Another site's page must not act with our user's cookie: a browser names the page's origin in whatever it posts. Who
 * names none (scripts, Twilio) has no cookie of anybody's.
 */
export function sameOrigin(publicBaseUrl: string): RequestHandler {
  const publicHost = new URL(publicBaseUrl).host;
  return (req, res, next) => {
    const origin = req.get("origin");
    if (origin === undefined || ["GET", "HEAD", "OPTIONS"].includes(req.method) || webhooks.test(req.path)) {
      return next();
    }
    const host = URL.canParse(origin) ? new URL(origin).host : null;
    if (host !== null && [publicHost, ...hostsOf(req)].includes(host)) next();
    else res.status(403).end();
  };
}

function hostsOf(req: Request): (string | undefined)[] {
  return [req.get("host"), req.get("x-forwarded-host")?.split(",")[0]?.trim()];
}
