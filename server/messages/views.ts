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
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});
export type MessagePage = z.infer<typeof messagePage>;

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
