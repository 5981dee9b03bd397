// The shapes in which hits of the webhook leave the server, for the super admin alone.
import { z } from "zod";
import { hitKinds, signatureMatch, webhookRefusals } from "#server/domain/signature-match.ts";

const hitRow = z.object({
  id: z.number(),
  receivedAt: z.date(),
  kind: z.enum(hitKinds),
  verdict: z.enum(["accepted", "refused"]),
  diagnosis: z.enum(webhookRefusals).nullable(),
  match: signatureMatch.nullable(),
  /** found by ourselves at Twilio: its webhook never came */
  found: z.boolean(),
  /** null: not applied, or not yet */
  appliedAt: z.date().nullable(),
  /** what came of it, once applied */
  result: z.string().nullable(),
  /** why it could not be applied, for the time being */
  error: z.string().nullable(),
  tries: z.number(),
  messageSid: z.string().nullable(),
  /** Twilio's word in a status */
  status: z.string().nullable(),
  /** an address of WhatsApp: the sender of an inbound message, the recipient of a status */
  address: z.string().nullable(),
});
export type HitRow = z.infer<typeof hitRow>;

export const hitPage = z.object({
  rows: z.array(hitRow),
  previous: z.number().nullable(),
  next: z.number().nullable(),
  total: z.number(),
  totalIsMore: z.boolean(),
});

export const hitDetail = hitRow.extend({
  method: z.string(),
  url: z.string(),
  ip: z.string().nullable(),
  /** null: not kept */
  headers: z.record(z.string(), z.string()).nullable(),
  rawBody: z.string(),
  /** more than `rawBody` holds where only the beginning was kept; null: not known */
  bodyBytes: z.number().nullable(),
  /** whether the hit names our account */
  namesOurAccount: z.boolean(),
  /** the message and the contact it is about, if we know them */
  message: z.object({ id: z.number(), campaignId: z.number().nullable() }).nullable(),
  contactId: z.number().nullable(),
});
export type HitDetail = z.infer<typeof hitDetail>;

const testHitProblems = [
  "unknown_host",
  "unreachable",
  "timeout",
  "certificate",
  "redirected",
  "nobody_behind",
  "not_relance",
  "refused_here",
  "refused_elsewhere",
  "stored_elsewhere",
] as const;

export const testHitResult = z.object({
  /** without user and password */
  url: z.string(),
  httpStatus: z.number().nullable(),
  /** code of the network error, address of the redirection, or code of the tunnel */
  reason: z.string().nullable(),
  milliseconds: z.number(),
  /** what it became in this database */
  eventId: z.number().nullable(),
  /** null: it came, signed, and was stored here */
  problem: z.enum(testHitProblems).nullable(),
});
export type TestHitResult = z.infer<typeof testHitResult>;
