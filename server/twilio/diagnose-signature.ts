// Why a signature is not the expected one: for which address, with which token, over which reading of the body it is right.
import { timingSafeEqual } from "node:crypto";
import twilio from "twilio";
import type { BodyReading, SignatureMatch, UrlDifference } from "#server/domain/signature-match.ts";
import { otherReadings } from "#server/twilio/body-readings.ts";
import { type ReceivedAt, urlCandidates } from "#server/twilio/url-candidates.ts";
import {
  readForm,
  signedBase,
  signingTokens,
  type VerifySettings,
  type WebhookParams,
} from "#server/twilio/verify-webhook.ts";

export type SuspectHit = Pick<ReceivedAt, "rawUrl" | "headers"> & { signature: string; body: string };

/** Twilio sends forty at most; whoever sends more is not worth the time. */
const mostParams = 100;
/** A body rewritten on its way is rarely wrongly addressed as well. */
const urlsOfOtherReadings = 3;

/**
 * Tries the addresses of `urlCandidates` with both tokens, then other readings of the body at the likeliest of them. Null:
 * none gives the signature. Nobody without our token can make up a match.
 */
export function diagnoseSignature(
  settings: Pick<VerifySettings, "webhookBaseUrl" | "twilioAuthToken" | "twilioAuthTokenPrevious">,
  { signature, body, rawUrl, headers }: SuspectHit,
): SignatureMatch | null {
  const params = readForm(body);
  if (Object.keys(params).length > mostParams) return null;
  const urls = urlCandidates({ baseUrl: settings.webhookBaseUrl, rawUrl, headers });
  const expectedUrl = signedBase(settings.webhookBaseUrl) + rawUrl;
  const attempt = (among: readonly string[], reading: BodyReading, read: WebhookParams) => {
    for (const url of among) {
      for (const [token, secret] of signingTokens(settings)) {
        if (!gives(signature, secret, url, read)) continue;
        const differences = differencesOf(expectedUrl, url);
        return { signedUrl: url, expectedUrl, differences, token, body: reading };
      }
    }
    return null;
  };
  const asReceived = attempt(urls, "as_received", params);
  if (asReceived) return asReceived;
  for (const { reading, params: read } of otherReadings(body, rawUrl)) {
    const found = attempt(urls.slice(0, urlsOfOtherReadings), reading, read);
    if (found) return found;
  }
  return null;
}

function gives(signature: string, token: string, url: string, params: WebhookParams): boolean {
  const expected = Buffer.from(twilio.getExpectedTwilioSignature(token, url, params));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function differencesOf(expected: string, signed: string): UrlDifference[] {
  const [ours, theirs] = [partsOf(expected), partsOf(signed)];
  const found: UrlDifference[] = [];
  for (const part of ["scheme", "host", "port"] as const) if (ours[part] !== theirs[part]) found.push(part);
  if (ours.path !== theirs.path) {
    found.push(ours.path.replace(/\/$/, "") === theirs.path.replace(/\/$/, "") ? "slash" : "path");
  }
  if (ours.query !== theirs.query) found.push("query");
  return found;
}

function partsOf(url: string) {
  const [, scheme = "", host = "", port = "", path = "", query = ""] =
    /^(https?):\/\/(\[[^\]]*\]|[^/:?]*)(?::(\d+))?([^?]*)(.*)$/i.exec(url) ?? [];
  const standard = scheme === "https" ? "443" : "80";
  return { scheme, host: host.toLowerCase(), port: port === standard ? "" : port, path, query };
}
