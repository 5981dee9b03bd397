// Criteria 4.1 and 12.5: what the SDK accepts and refuses (Twilio's table of twilio-facts 5), and what a refusal says.
import twilio from "twilio";
import { expect, test } from "vitest";
import type { SignatureMatch } from "#server/domain/signature-match.ts";
import { diagnoseSignature } from "#server/twilio/diagnose-signature.ts";
import { readForm, verifyWebhook } from "#server/twilio/verify-webhook.ts";

const account = `AC${"1".repeat(32)}`;
const settings = {
  webhookBaseUrl: "https://relance.example.org",
  twilioAccountSid: account,
  twilioAuthToken: "current-token",
  twilioAuthTokenPrevious: "previous-token" as string | null,
};
const path = "/api/webhooks/twilio";
const query = "?attempt=7c1e8b2a-0000-4000-8000-000000000001";
const form = { AccountSid: account, MessageSid: "SM1", Body: "Bonjour", Empty: "" };
const encoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

type Case = {
  /** TWILIO_WEBHOOK_BASE_URL */
  base?: string;
  /** what Twilio signed */
  signedUrl: string;
  signed?: Record<string, string | string[]>;
  token?: string;
  rawUrl?: string;
  headers?: Record<string, string>;
  body?: string;
};

function hitOf({ base, signedUrl, signed = form, token = "current-token", ...hit }: Case) {
  const signature = twilio.getExpectedTwilioSignature(token, signedUrl, signed);
  const { rawUrl = path, headers = {}, body = encoded(form) } = hit;
  const own = { ...settings, ...(base && { webhookBaseUrl: base }) };
  const verification = verifyWebhook(own, { rawUrl, signature, body });
  return {
    verdict: verification.ok ? "ok" : verification.diagnosis,
    match: diagnoseSignature(own, { rawUrl, signature, headers, body }),
  };
}

test("[EX-12.5] Twilio's published vector is what its SDK expects", () => {
  const published = {
    CallSid: "CA1234567890ABCDE",
    Caller: "+14158675309",
    Digits: "1234",
    From: "+14158675309",
    To: "+18005551212",
  };
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  expect(twilio.getExpectedTwilioSignature("12345", url, published)).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
});

test.each([
  ["the standard port signed, none received", { signedUrl: `https://relance.example.org:443${path}` }],
  [
    "a port configured, none signed",
    { base: "https://relance.example.org:8443", signedUrl: `https://relance.example.org${path}` },
  ],
  [
    "a port configured and signed",
    { base: "https://relance.example.org:8443", signedUrl: `https://relance.example.org:8443${path}` },
  ],
  [
    "user and password of a tunnel, which Twilio drops",
    { base: "https://user:p%40ss@relance.example.org", signedUrl: `https://relance.example.org${path}` },
  ],
  ["the previous token", { signedUrl: `https://relance.example.org${path}`, token: "previous-token" }],
  [
    "a quote in the query",
    { rawUrl: `${path}?a='b'`, signedUrl: `https://relance.example.org${path}?a='b'` },
  ],
  [
    "a fragment in the settings, which is neither sent nor signed",
    {
      rawUrl: path + query,
      signedUrl: `https://relance.example.org${path}${query}#rc=5&rp=all`.split("#")[0] as string,
    },
  ],
] satisfies [string, Case][])("[EX-4.1] [EX-12.5] accepted: %s", (_, hit) => {
  expect(hitOf(hit).verdict).toBe("ok");
});

const told = (patch: Partial<SignatureMatch>) => ({
  differences: [],
  token: "current",
  body: "as_received",
  ...patch,
});

test.each([
  ["http for https", { signedUrl: `http://relance.example.org${path}` }, { differences: ["scheme"] }],
  [
    "https for the http of a machine of one's own",
    { base: "http://localhost:3000", signedUrl: `https://localhost:3000${path}` },
    { differences: ["scheme"] },
  ],
  [
    "a port Twilio knows and we do not",
    { signedUrl: `https://relance.example.org:8443${path}`, headers: { host: "relance.example.org:8443" } },
    { differences: ["port"] },
  ],
  [
    "a port told by the proxy",
    { signedUrl: `https://relance.example.org:8443${path}`, headers: { "x-forwarded-port": "8443" } },
    { differences: ["port"] },
  ],
  ["a slash too many", { signedUrl: `https://relance.example.org${path}/` }, { differences: ["slash"] }],
  [
    "a slash too few",
    { rawUrl: `${path}/${query}`, signedUrl: `https://relance.example.org${path}${query}` },
    { differences: ["slash"] },
  ],
  [
    "a query the proxy added",
    { rawUrl: `${path}?via=proxy`, signedUrl: `https://relance.example.org${path}` },
    { differences: ["query"] },
  ],
  [
    "the request's own host",
    { signedUrl: `https://old.ngrok.app${path}`, headers: { host: "old.ngrok.app" } },
    { differences: ["host"] },
  ],
  [
    "the host told by the proxy, over http",
    {
      signedUrl: `http://old.ngrok.app${path}`,
      headers: { host: "10.0.0.3:3000", "x-forwarded-host": "old.ngrok.app, inner" },
    },
    { differences: ["scheme", "host"] },
  ],
  [
    "a prefix the proxy took away",
    {
      signedUrl: `https://relance.example.org/relance${path}`,
      headers: { "x-forwarded-prefix": "/relance" },
    },
    { differences: ["path"] },
  ],
  [
    "a path the proxy rewrote",
    { signedUrl: `https://relance.example.org/hook?x=1`, headers: { "x-original-uri": "/hook?x=1" } },
    { differences: ["path", "query"] },
  ],
  [
    "the previous token for another address",
    { signedUrl: `http://relance.example.org${path}`, token: "previous-token" },
    { differences: ["scheme"], token: "previous" },
  ],
  [
    "a body without its empty parameters",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { AccountSid: account, MessageSid: "SM1", Body: "Bonjour" },
    },
    { body: "without_empty" },
  ],
  [
    "an address alone, as of a GET",
    { signedUrl: `https://relance.example.org${path}`, signed: {} },
    { body: "no_params" },
  ],
  [
    "the last of a repeated parameter",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Tag: "b" },
      body: `${encoded(form)}&Tag=a&Tag=b`,
    },
    { body: "last_of_repeated" },
  ],
  [
    "the first of a repeated parameter",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Tag: "a" },
      body: `${encoded(form)}&Tag=a&Tag=b`,
    },
    { body: "first_of_repeated" },
  ],
  [
    "CRLF where LF came",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Body: "a\r\nb" },
      body: encoded({ ...form, Body: "a\nb" }),
    },
    { body: "crlf" },
  ],
  [
    "LF where CRLF came",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Body: "a\nb" },
      body: encoded({ ...form, Body: "a\r\nb" }),
    },
    { body: "lf" },
  ],
  [
    "a value without the spaces that were added",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Body: "oui" },
      body: encoded({ ...form, Body: " oui " }),
    },
    { body: "trimmed" },
  ],
  [
    "plus signs that were decoded twice",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Body: "1+1" },
      body: `AccountSid=${account}&MessageSid=SM1&Body=1+1&Empty=`,
    },
    { body: "plus_kept" },
  ],
  [
    "accents of Latin-1",
    {
      signedUrl: `https://relance.example.org${path}`,
      signed: { ...form, Body: "été" },
      body: `AccountSid=${account}&MessageSid=SM1&Body=%E9t%E9&Empty=`,
    },
    { body: "latin1" },
  ],
] satisfies [string, Case, Partial<SignatureMatch>][])(
  "[EX-12.5] refused, and the diagnosis names it: %s",
  (_, hit, expected) => {
    const { verdict, match } = hitOf(hit);
    expect(verdict).toBe("wrong_signature");
    expect(match).toMatchObject(told(expected));
    expect(match?.signedUrl).toBe(hit.signedUrl);
  },
);

test("[EX-12.5] a JSON body is signed over its address, which holds the body's hash", () => {
  const body = '{"hello":"monde"}';
  const rawUrl = `${path}?bodySHA256=${twilio.getExpectedBodyHash(body)}`;
  const signedUrl = `https://relance.example.org${rawUrl}`;
  const { verdict, match } = hitOf({ rawUrl, signedUrl, signed: {}, body });
  expect([verdict, match?.body]).toEqual(["wrong_signature", "json"]);
});

test("[EX-12.5] another order of the query and another token have no match: nobody can guess them", () => {
  const reordered = { rawUrl: "/w?b=2&a=1", signedUrl: "https://relance.example.org/w?a=1&b=2" };
  expect(hitOf(reordered)).toEqual({ verdict: "wrong_signature", match: null });
  const foreign = { signedUrl: `https://relance.example.org${path}`, token: "of-a-sub-account" };
  expect(hitOf(foreign)).toEqual({ verdict: "wrong_signature", match: null });
});

test("[EX-12.5] the addresses of a diagnosis never show user and password", () => {
  const base = "https://user:secret@relance.example.org";
  const { match } = hitOf({ base, signedUrl: `http://relance.example.org${path}` });
  expect(JSON.stringify(match)).not.toMatch(/user|secret/);
});

test("more parameters than any hit of Twilio has are not worth a diagnosis", () => {
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`P${index}`, "x"]));
  const signature = twilio.getExpectedTwilioSignature(
    "current-token",
    `http://relance.example.org${path}`,
    many,
  );
  const hit = { rawUrl: path, headers: {}, signature };
  expect(diagnoseSignature(settings, { ...hit, body: encoded(many) })).toBeNull();
  expect(readForm(encoded(many)).P100).toBe("x");
});
