// The shape in which a proof leaves the server.
import { z } from "zod";
import { messageStatuses } from "#server/domain/message-status.ts";

export const proofCheckKeys = [
  "recipients",
  "counters",
  "acceptedTwice",
  "messageOneTwice",
  "messageTwoTwice",
  "messageTwoUnasked",
  "sidOwnedOnce",
  "attemptsAgree",
  "journalAgrees",
  "nothingStranded",
] as const;
export type ProofCheckKey = (typeof proofCheckKeys)[number];

const proofRow = z.object({
  campaignId: z.number().nullable(),
  /** null: the campaign itself breaks the check */
  messageId: z.number().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type ProofRow = z.infer<typeof proofRow>;

const proofCheck = z.object({
  key: z.enum(proofCheckKeys),
  /** rows that break it */
  broken: z.number(),
  /** the first of them */
  rows: z.array(proofRow),
});
export type ProofCheck = z.infer<typeof proofCheck>;

export const proof = z.object({
  checkedAt: z.date(),
  ok: z.boolean(),
  recipients: z.number(),
  /** Message 1 by status; a status without messages is 0 */
  states: z.record(z.enum(messageStatuses), z.number()),
  /** of every type */
  messages: z.number(),
  attempts: z.number(),
  events: z.number(),
  answers: z.number(),
  checks: z.array(proofCheck),
});
export type Proof = z.infer<typeof proof>;

/** What the page of a campaign's proof shows. */
export const campaignProof = proof.extend({ campaign: z.object({ id: z.number(), name: z.string() }) });
