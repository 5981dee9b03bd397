// For which address, with which token and over which reading of its body a webhook is rightly signed.
import { z } from "zod";

/** What of the address differs between the one that was signed and the configured one. */
export const urlDifferences = ["scheme", "host", "port", "path", "slash", "query"] as const;
export type UrlDifference = (typeof urlDifferences)[number];

/** How the body has to be read for the signature to be right. */
export const bodyReadings = [
  "as_received",
  "json",
  "no_params",
  "without_empty",
  "first_of_repeated",
  "last_of_repeated",
  "crlf",
  "lf",
  "trimmed",
  "plus_kept",
  "latin1",
] as const;
export type BodyReading = (typeof bodyReadings)[number];

const signingTokenNames = ["current", "previous"] as const;
export type SigningToken = (typeof signingTokenNames)[number];

/** The one combination that gives a signature; nobody without our token can make one up. */
export const signatureMatch = z.object({
  /** the address that was signed */
  signedUrl: z.string(),
  /** the one we check against, both without user and password */
  expectedUrl: z.string(),
  differences: z.array(z.enum(urlDifferences)),
  token: z.enum(signingTokenNames),
  body: z.enum(bodyReadings),
});
export type SignatureMatch = z.infer<typeof signatureMatch>;

/** Why a hit was refused; what is kept of it says so. */
export const webhookRefusals = [
  "unsigned",
  "wrong_signature",
  "wrong_account",
  "wrong_method",
  "too_large",
] as const;
export type WebhookRefusal = (typeof webhookRefusals)[number];

export const hitKinds = ["inbound", "status", "test", "unknown"] as const;
export type HitKind = (typeof hitKinds)[number];
