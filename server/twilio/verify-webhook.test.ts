// Criteria 4.1 and 12.5. Twilio's published example, and what the SDK accepts and refuses.
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyWebhook, type WebhookParams } from "#server/twilio/verify-webhook.ts";

const account = `AC${"1".repeat(32)}`;
const settings = {
  webhookBaseUrl: "https://relance.example.org",
  twilioAccountSid: account,
  twilioAuthToken: "current-token",
  twilioAuthTokenPrevious: null as string | null,
};
const path = "/api/webhooks/twilio?attempt=7c1e8b2a-0000-4000-8000-000000000001";
const form = { AccountSid: account, MessageSid: "SM1", Body: "Bonjour à tous", Empty: "" };

/** Twilio's algorithm, written down here once more rather than taken from the SDK. */
function sign(url: string, fields: readonly (readonly [string, string])[], token = "current-token"): string {
  const sorted = [...fields].sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  return createHmac("sha1", token)
    .update(Buffer.from(url + sorted.map(([name, value]) => name + value).join(""), "utf8"))
    .digest("base64");
}

type Hit = {
  fields?: readonly (readonly [string, string])[];
  signedUrl?: string;
  rawUrl?: string;
  token?: string;
  body?: string;
  signature?: string | null;
};

function verify(hit: Hit = {}, patch: Partial<typeof settings> = {}) {
  const { fields = Object.entries(form), rawUrl = path, token } = hit;
  const {
    signedUrl = settings.webhookBaseUrl + rawUrl,
    body = new URLSearchParams(fields.map((field) => [...field])).toString(),
    signature = sign(signedUrl, fields, token),
  } = hit;
  return verifyWebhook({ ...settings, ...patch }, { rawUrl, body, signature });
}

const diagnosisOf = (...hit: Parameters<typeof verify>) => {
  const verification = verify(...hit);
  return verification.ok ? "ok" : verification.diagnosis;
};

test("[EX-12.5] the signature of Twilio's published example is the one expected", () => {
  const published = [
    ["CallSid", "CA1234567890ABCDE"],
    ["Caller", "+14158675309"],
    ["Digits", "1234"],
    ["From", "+14158675309"],
    ["To", "+18005551212"],
  ] as const;
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  expect(sign(url, published, "12345")).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  const verification = verifyWebhook(
    { ...settings, webhookBaseUrl: "https://mycompany.com", twilioAuthToken: "12345" },
    {
      rawUrl: "/myapp.php?foo=1&bar=2",
      signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
      body: new URLSearchParams(published.map((field) => [...field])).toString(),
    },
  );
  // The signature holds; the example names no account, so it is not one of ours.
  expect(verification).toMatchObject({ ok: false, diagnosis: "wrong_account" });
});

test("[EX-4.1] what is signed with our token for our account is accepted with all its parameters", () => {
  expect(verify()).toEqual({ ok: true, params: form, token: "current" });
});

test("[EX-4.1] without a signature it is refused, empty as well as absent", () => {
  expect(diagnosisOf({ signature: null })).toBe("unsigned");
  expect(diagnosisOf({ signature: "" })).toBe("unsigned");
});

test.each([
  ["another token", { token: "somebody-elses" }],
  ["another path", { signedUrl: `${settings.webhookBaseUrl}/api/webhooks/other` }],
  ["http instead of https", { signedUrl: `http://relance.example.org${path}` }],
  ["another host", { signedUrl: `https://evil.example${path}` }],
  ["a port of its own", { signedUrl: `https://relance.example.org:8443${path}` }],
  [
    "another order of the query",
    { rawUrl: "/w?b=2&a=1", signedUrl: "https://relance.example.org/w?a=1&b=2" },
  ],
  ["no query", { signedUrl: "https://relance.example.org/api/webhooks/twilio" }],
  ["a trailing slash", { rawUrl: "/w", signedUrl: "https://relance.example.org/w/" }],
  ["a body without the empty parameter", { body: new URLSearchParams({ ...form, Empty: "x" }).toString() }],
  ["a trimmed body", { body: new URLSearchParams({ ...form, Body: "Bonjour à tous " }).toString() }],
  ["an empty body", { body: "" }],
  ["a signature that is none", { signature: "no base64 at all ✓" }],
  ["a signature of the right length", { signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }],
  ["an address that is none", { rawUrl: "//[", signedUrl: "x" }],
] satisfies [string, Hit][])("[EX-12.5] signed for %s it is refused", (_, hit) => {
  expect(diagnosisOf(hit)).toBe("wrong_signature");
});

test("[EX-12.5] an empty parameter counts by its name", () => {
  const { Empty: _, ...rest } = form;
  expect(diagnosisOf({ body: new URLSearchParams(rest).toString() })).toBe("wrong_signature");
});

test("[EX-12.5] Twilio may sign the address with the standard port", () => {
  expect(diagnosisOf({ signedUrl: `https://relance.example.org:443${path}` })).toBe("ok");
});

test("[EX-12.5] a repeated parameter is kept as a list, and covered by the signature", () => {
  const fields = [...Object.entries(form), ["Tag", "b"], ["Tag", "a"]] as const;
  const verification = verify({ fields });
  expect(verification).toMatchObject({ ok: true, params: { Tag: ["b", "a"] } });
  const body = new URLSearchParams([...Object.entries(form), ["Tag", "a"]]).toString();
  expect(diagnosisOf({ fields, body })).toBe("wrong_signature");
});

test("[EX-12.5] line ends, spaces, plus signs and accents of the text are taken as they came", () => {
  const fields = [...Object.entries(form), ["Text", " a\r\nb\tc + é 🙏 %2B "]] as const;
  expect(verify({ fields })).toMatchObject({ ok: true, params: { Text: " a\r\nb\tc + é 🙏 %2B " } });
});

test("[EX-12.5] during a rotation the previous token is good as well, afterwards no longer", () => {
  const token = "previous-token";
  expect(diagnosisOf({ token }, { twilioAuthTokenPrevious: token })).toBe("ok");
  expect(diagnosisOf({}, { twilioAuthTokenPrevious: token })).toBe("ok");
  expect(diagnosisOf({ token })).toBe("wrong_signature");
});

test.each([
  ["another account", [["AccountSid", `AC${"2".repeat(32)}`]]],
  ["no account", [["Body", "x"]]],
  [
    "two accounts",
    [
      ["AccountSid", account],
      ["AccountSid", "AC2"],
    ],
  ],
] as [string, [string, string][]][])("[EX-4.1] well signed but of %s it is refused", (_, fields) => {
  expect(diagnosisOf({ fields })).toBe("wrong_account");
});

test("[EX-12.5] whatever comes, unsigned by us, is refused without a failure", () => {
  const anything = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(anything, anything, anything, (rawUrl, body, signature) => {
      expect(verifyWebhook(settings, { rawUrl, body, signature })).toMatchObject({ ok: false });
    }),
  );
});

test("[EX-12.5] whatever is well signed is accepted, names like __proto__ included", () => {
  const name = fc.oneof(fc.stringMatching(/^[\w.\- é]{1,12}$/), fc.constantFrom("__proto__", "constructor"));
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: "grapheme" })), (params) => {
      const all: WebhookParams = { ...params, AccountSid: account };
      const verification = verify({ fields: Object.entries(all) as [string, string][] });
      expect(verification.ok).toBe(true);
      expect(Object.entries(verification.params).sort()).toEqual(Object.entries(all).sort());
    }),
  );
});
