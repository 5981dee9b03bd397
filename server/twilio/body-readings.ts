// The ways in which somebody between Twilio and us may have read or rewritten a form.
import twilio from "twilio";
import type { BodyReading } from "#server/domain/signature-match.ts";
import { readForm, type WebhookParams } from "#server/twilio/verify-webhook.ts";

/** What the signature would cover had the body been read in each of the other ways that make a difference. */
export function otherReadings(
  body: string,
  rawUrl: string,
): { reading: BodyReading; params: WebhookParams }[] {
  const params = readForm(body);
  const eachValue = (change: (value: string) => string) => mapValues(params, change);
  const readings: [BodyReading, WebhookParams][] = [
    [isSignedJson(body, rawUrl) ? "json" : "no_params", {}],
    ["without_empty", Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ""))],
    ["first_of_repeated", oneOfRepeated(params, 0)],
    ["last_of_repeated", oneOfRepeated(params, -1)],
    ["crlf", eachValue((value) => value.replace(/\r?\n/g, "\r\n"))],
    ["lf", eachValue((value) => value.replace(/\r\n/g, "\n"))],
    ["trimmed", eachValue((value) => value.trim())],
    ["plus_kept", readForm(body.replaceAll("+", "%2B"))],
    ["latin1", readForm(asLatin1(body))],
  ];
  const asRead = JSON.stringify(params);
  return readings.flatMap(([reading, changed]) =>
    JSON.stringify(changed) === asRead ? [] : [{ reading, params: changed }],
  );
}

/** A JSON webhook is signed over its address alone, which holds the hash of the body. */
function isSignedJson(body: string, rawUrl: string): boolean {
  const hash = new URLSearchParams(rawUrl.split("?", 2)[1] ?? "").get("bodySHA256");
  return hash !== null && hash === twilio.getExpectedBodyHash(body);
}

function oneOfRepeated(params: WebhookParams, at: number): WebhookParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value.at(at) ?? "") : value,
    ]),
  );
}

function mapValues(params: WebhookParams, change: (value: string) => string): WebhookParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(change) : change(value),
    ]),
  );
}

/** The percent-encoded bytes of the form, each taken for a character of its own. */
function asLatin1(body: string): string {
  return body.replace(/%[89a-f][0-9a-f]/gi, (byte) =>
    encodeURIComponent(String.fromCharCode(Number.parseInt(byte.slice(1), 16))),
  );
}
