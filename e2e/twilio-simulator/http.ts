// Requests and answers of the HTTP server, reduced to what the handlers need.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Misfortune } from "./faults.ts";
import type { Simulator } from "./simulator.ts";

/** a picture of WhatsApp (5 MB) in base64 */
const bodyLimit = 8 * 1024 * 1024;

export type ApiRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  /** of the simulator itself, for links to the next page */
  origin: string;
};

export type ApiAnswer = {
  status: number;
  json: unknown;
  /** of a message just created */
  messageSid?: string;
  /** instead of the JSON, where to go */
  location?: string;
};

export type ApiHandler = (
  simulator: Simulator,
  request: ApiRequest & { sid: string; mediaSid: string },
  misfortune: Misfortune,
) => ApiAnswer;

/** The whole body, or null when it is too large. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > bodyLimit) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function sendJson(response: ServerResponse, status: number, json: unknown) {
  const body = JSON.stringify(json);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "twilio-request-id": `RQ${randomBytes(16).toString("hex")}`,
    ...(status === 401 ? { "www-authenticate": 'Basic realm="Twilio API"' } : {}),
  });
  response.end(body);
}

/** What a proxy in front of Twilio answers when nobody is behind it. */
export function sendHtmlError(response: ServerResponse, status: number) {
  response.writeHead(status, { "content-type": "text/html" });
  response.end(`<html><body><h1>${status}</h1></body></html>`);
}

/** A whole number from a query, within bounds. */
export function boundedInteger(
  text: string | null,
  fallback: number,
  { min, max }: { min: number; max: number },
) {
  const value = Number.parseInt(text ?? "", 10);
  return Number.isNaN(value) ? fallback : Math.min(Math.max(value, min), max);
}
