// The shapes in which messages leave the server.
import { z } from "zod";
import { campaignStatuses } from "#server/domain/campaign-status.ts";
import { messageStatuses, messageTypes } from "#server/domain/message-status.ts";

export const messageRow = z.object({
  id: z.number(),
  type: z.enum(messageTypes).nullable(),
  status: z.enum(messageStatuses),
  contact: z
    .object({
      id: z.number(),
      fullNumber: z.string(),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      deleted: z.boolean(),
    })
    .nullable(),
  /** the number it went, or will go, to; the contact's may have changed since */
  toNumber: z.string().nullable(),
  content: z.string(),
  errorCode: z.number().nullable(),
  /** Twilio's text */
  errorMessage: z.string().nullable(),
  /** key of a reason of our own */
  reason: z.string().nullable(),
  retryCount: z.number(),
  nextAttemptAt: z.date().nullable(),
  sid: z.string().nullable(),
  createdAt: z.date().nullable(),
  sentAt: z.date().nullable(),
  deliveredAt: z.date().nullable(),
  readAt: z.date().nullable(),
  failedAt: z.date().nullable(),
});
export type MessageRow = z.infer<typeof messageRow>;

export const messagePage = z.object({
  rows: z.array(messageRow),
  /** the id before, or after, which the next page begins; null: there is none */
  previous: z.number().nullable(),
  next: z.number().nullable(),
});
export type MessagePage = z.infer<typeof messagePage>;

const historyRow = messageRow.extend({
  campaign: z.object({ id: z.number(), name: z.string(), status: z.enum(campaignStatuses) }).nullable(),
});
export type HistoryRow = z.infer<typeof historyRow>;

export const messageHistory = messagePage.extend({
  rows: z.array(historyRow),
  total: z.number(),
  /** there are more than that */
  totalIsMore: z.boolean(),
});
export type MessageHistory = z.infer<typeof messageHistory>;

export const historyCampaigns = z.array(z.object({ id: z.number(), name: z.string() }));

export const historyChoices = z.object({
  campaigns: historyCampaigns,
  /** Twilio's codes */
  errorCodes: z.array(z.number()),
  /** our own, and what was said where there was no code */
  reasons: z.array(z.string()),
});
export type HistoryChoices = z.infer<typeof historyChoices>;

export const messageDetail = messageRow.extend({
  campaign: z.object({ id: z.number(), name: z.string(), status: z.enum(campaignStatuses) }).nullable(),
  attempts: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      claimedAt: z.date(),
      requestedAt: z.date().nullable(),
      answeredAt: z.date().nullable(),
      sid: z.string().nullable(),
      outcome: z.string().nullable(),
      httpStatus: z.number().nullable(),
      errorCode: z.number().nullable(),
      errorMessage: z.string().nullable(),
    }),
  ),
  events: z.array(
    z.object({
      id: z.number(),
      at: z.date(),
      type: z.string(),
      fromStatus: z.string().nullable(),
      toStatus: z.string().nullable(),
    }),
  ),
});
export type MessageDetail = z.infer<typeof messageDetail>;

/** A message at Twilio that may be an uncertain one of ours; no attempt of ours owns it. */
export const candidateList = z.array(
  z.object({
    sid: z.string(),
    /** Twilio's word */
    status: z.string(),
    createdAt: z.date(),
    body: z.string(),
    errorCode: z.number().nullable(),
  }),
);
export type Candidate = z.infer<typeof candidateList>[number];

export const stepKinds = [
  /** the row was made: by the launch, or for an answer of the contact */
  "queued",
  /** slot and claim */
  "slot",
  "request",
  "answer",
  /** Twilio called back; Twilio was asked and told the same kind of thing */
  "callback",
  "found",
  /** asked what may be this message */
  "look",
  /** an admin decided which of several candidates it is */
  "decision",
  /** a move of the table, as a consequence of the step before it or by itself */
  "move",
  /** news the table of moves does not allow */
  "ignored",
  "lateAnswer",
  "contactAnswer",
  "noMessageTwo",
  "messageTwo",
  "other",
] as const;
export type StepKind = (typeof stepKinds)[number];

export const timelineStep = z.object({
  at: z.date(),
  kind: z.enum(stepKinds),
  attempt: z.number().nullable(),
  fromStatus: z.enum(messageStatuses).nullable(),
  toStatus: z.enum(messageStatuses).nullable(),
  /** what is known about it, each under its own name; moments in ISO 8601 */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type TimelineStep = z.infer<typeof timelineStep>;

const ledgerRow = z.record(z.string(), z.unknown());

/** Everything recorded about one message, for a file. */
export const messageJournal = z.object({
  format: z.literal("relance-message-journal/1"),
  exportedAt: z.date(),
  message: ledgerRow,
  steps: z.array(timelineStep),
  attempts: z.array(ledgerRow),
  events: z.array(ledgerRow),
  /** every hit of the webhook about one of its SIDs, what came of it included */
  callbacks: z.array(ledgerRow),
  answers: z.array(ledgerRow),
});
export type MessageJournal = z.infer<typeof messageJournal>;
