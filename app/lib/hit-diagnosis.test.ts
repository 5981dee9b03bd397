// Every refusal says what is wrong and what to change (issue: each diagnosis of the inspector).
import { expect, test } from "vitest";
import { hitDiagnosis } from "#app/lib/hit-diagnosis.ts";
import {
  bodyReadings,
  type SignatureMatch,
  urlDifferences,
  webhookRefusals,
} from "#server/domain/signature-match.ts";

const expectedUrl = "https://relance.example.org/api/webhooks/twilio";
const match = (patch: Partial<SignatureMatch>): SignatureMatch => ({
  ...{ signedUrl: expectedUrl, expectedUrl, differences: [], token: "current", body: "as_received" },
  ...patch,
});

type Refused = Parameters<typeof hitDiagnosis>[0];
function told(patch: Partial<Refused>): string {
  const hit: Refused = {
    diagnosis: "wrong_signature",
    match: null,
    headers: {},
    namesOurAccount: true,
    rawBody: "",
    ...patch,
  };
  const diagnosis = hitDiagnosis(hit);
  return [diagnosis?.title, ...(diagnosis?.reasons ?? []), "→", ...(diagnosis?.toChange ?? [])]
    .join("\n")
    .replace(/[\u00a0\u202f]/g, " ");
}

test.each([
  [
    { differences: ["scheme"], signedUrl: expectedUrl.replace("https", "http") },
    "Twilio appelle en http, Relance attend https.",
    `mettez exactement ${expectedUrl}`,
  ],
  [
    { differences: ["host"], signedUrl: "https://abc.ngrok.app/api/webhooks/twilio" },
    "abc.ngrok.app, Relance attend relance.example.org",
    "TWILIO_WEBHOOK_BASE_URL=https://abc.ngrok.app",
  ],
  [
    { differences: ["port"], signedUrl: "https://relance.example.org:8443/api/webhooks/twilio" },
    "8443 chez Twilio, aucun pour Relance",
    "TWILIO_WEBHOOK_BASE_URL=https://relance.example.org:8443",
  ],
  [
    { differences: ["slash"], signedUrl: `${expectedUrl}/` },
    "avec une barre oblique",
    `mettez exactement ${expectedUrl}`,
  ],
  [
    { differences: ["slash"], expectedUrl: `${expectedUrl}/`, signedUrl: expectedUrl },
    "sans la barre oblique",
    "mettez exactement",
  ],
  [
    { differences: ["path"], signedUrl: "https://relance.example.org/relance/api/webhooks/twilio" },
    "/relance/api/webhooks/twilio chez Twilio",
    "Que le proxy laisse le chemin tel quel",
  ],
  [{ differences: ["query"] }, "ajoutés en route", "n’ajoute rien à l’adresse"],
  [{ token: "previous" }, "Signé avec l’ancien jeton", "Remettez le jeton principal"],
  [{ body: "json" }, "comme du JSON", "envoi en formulaire"],
] satisfies [Partial<SignatureMatch>, string, string][])(
  "[EX-12.5] %j is told with its cure",
  (patch, reason, cure) => {
    const text = told({ match: match(patch) });
    const [what, todo] = text.split("→");
    expect(what).toContain(reason);
    expect(todo).toContain(cure);
  },
);

test("an address over plain http is never proposed for our own: the schema would refuse it", () => {
  const signedUrl = "http://abc.ngrok.app/api/webhooks/twilio";
  expect(told({ match: match({ differences: ["scheme", "host"], signedUrl }) })).not.toContain(
    "TWILIO_WEBHOOK_BASE_URL",
  );
});

test("without a match the account tells a changed token from somebody else's hit", () => {
  expect(told({})).toContain("Si le jeton vient de changer chez Twilio");
  expect(told({ namesOurAccount: false })).toContain("L’appel nomme un autre compte Twilio");
});

test("a signature that was lost on the way is told from one that never was", () => {
  expect(told({ diagnosis: "unsigned" })).toContain("il n’y a rien à faire");
  const headers = { "user-agent": "TwilioProxy/1.1" };
  expect(told({ diagnosis: "unsigned", headers })).toContain("a retiré l’en-tête X-Twilio-Signature");
  expect(told({ diagnosis: "unsigned", headers: { "i-twilio-idempotency-token": "1" } })).toContain(
    "a retiré",
  );
});

test("a call by GET is Twilio's when it is signed", () => {
  expect(told({ diagnosis: "wrong_method", match: match({}) })).toContain("HTTP POST");
  expect(told({ diagnosis: "wrong_method" })).toContain("il n’y a rien à faire");
});

test("another account is named", () => {
  expect(told({ diagnosis: "wrong_account", rawBody: "AccountSid=AC9" })).toContain("(AC9)");
});

test("each refusal, each difference and each reading of a body has its text and something to do", () => {
  for (const diagnosis of webhookRefusals) expect(told({ diagnosis })).toMatch(/^.+\n[\s\S]*→\n.+/);
  for (const difference of urlDifferences)
    expect(told({ match: match({ differences: [difference] }) })).toMatch(/→\n.+/);
  for (const body of bodyReadings.slice(1)) expect(told({ match: match({ body }) })).toMatch(/.\n.+\n→\n.+/);
  expect(
    hitDiagnosis({ diagnosis: null, match: null, headers: null, namesOurAccount: true, rawBody: "" }),
  ).toBeNull();
});
