// Why a hit was refused and what to change, as a person reads it.

import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { fr } from "#app/i18n/fr.ts";
import type { SignatureMatch, UrlDifference } from "#server/domain/signature-match.ts";
import type { HitDetail } from "#server/webhooks/views.ts";

const text = frWebhooks.diagnosis;

export type Diagnosis = {
  title: string;
  /** what is wrong, one thing each */
  reasons: string[];
  toChange: string[];
};

type Refused = Pick<HitDetail, "diagnosis" | "match" | "headers" | "namesOurAccount" | "rawBody">;

/** Null for a hit that was accepted. */
export function hitDiagnosis(hit: Refused): Diagnosis | null {
  const { cures, genuine } = text;
  if (hit.diagnosis === null) return null;
  const title = text.titles[hit.diagnosis];
  const because = (reasons: string[], toChange: string[]) => ({ title, reasons, toChange });
  switch (hit.diagnosis) {
    case "unsigned":
      return because([], [lostItsHeader(hit) ? cures.headerLost : cures.notTwilio]);
    case "wrong_account": {
      const theirs = new URLSearchParams(hit.rawBody).get("AccountSid") ?? fr.common.none;
      return because([], [cures.account(theirs)]);
    }
    case "wrong_method":
      return because(hit.match ? [genuine] : [], [hit.match ? cures.method : cures.notTwilio]);
    case "too_large":
      return because([], [cures.tooLarge]);
    case "wrong_signature":
      return hit.match
        ? because(reasonsOf(hit.match), curesOf(hit.match))
        : because(
            [text.unmatched],
            hit.namesOurAccount
              ? [cures.tokenChanged, cures.rewritten]
              : [cures.otherAccount, cures.notTwilio],
          );
  }
}

/** Twilio names itself, and tells its retries apart, in headers of its own. */
function lostItsHeader({ headers }: Refused): boolean {
  const agent = headers?.["user-agent"] ?? "";
  return /TwilioProxy/i.test(agent) || headers?.["i-twilio-idempotency-token"] !== undefined;
}

/** What differs between the address that was signed and ours, and between the body that was signed and the one that came. */
export function reasonsOf({ differences, signedUrl, expectedUrl, body, token }: SignatureMatch): string[] {
  const urls = { signed: new URL(signedUrl), expected: new URL(expectedUrl) };
  const ofBody = text.bodies[body];
  return [
    ...differences.map((difference) => differenceText(difference, urls)),
    ...(ofBody ? [ofBody] : []),
    ...(token === "previous" ? [text.differences.token] : []),
  ];
}

function differenceText(
  difference: UrlDifference,
  { signed, expected }: { signed: URL; expected: URL },
): string {
  const words = text.differences;
  switch (difference) {
    case "scheme":
      return words.scheme(signed.protocol.slice(0, -1), expected.protocol.slice(0, -1));
    case "host":
      return words.host(signed.hostname, expected.hostname);
    case "port":
      return words.port(signed.port || words.noPort, expected.port || words.noPort);
    case "slash":
      return signed.pathname.endsWith("/") ? words.slashMore : words.slashLess;
    case "path":
      return words.path(signed.pathname, expected.pathname);
    case "query":
      return words.query;
  }
}

function curesOf({ differences, signedUrl, expectedUrl, body, token }: SignatureMatch): string[] {
  const { cures } = text;
  const [signed, expected] = [new URL(signedUrl), new URL(expectedUrl)];
  const has = (...wanted: SignatureMatch["differences"]) => differences.some((one) => wanted.includes(one));
  const isPublic = signed.protocol === "https:";
  return [
    ...(has("scheme", "host", "port", "slash") ? [cures.settings(expected.origin + expected.pathname)] : []),
    ...(has("scheme", "host", "port") && isPublic ? [cures.variable(signed.origin)] : []),
    ...(has("path") ? [cures.path] : []),
    ...(has("query") ? [cures.query] : []),
    ...(body === "json" ? [cures.json] : body === "as_received" ? [] : [cures.body]),
    ...(token === "previous" ? [cures.previousToken] : []),
  ];
}
