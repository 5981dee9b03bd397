// The shapes in which what is exported leaves the server: a batch, and where the next one begins.
import { z } from "zod";
import { contactRow } from "#server/contacts/views.ts";
import { messageStatuses, messageTypes } from "#server/domain/message-status.ts";

const next = z.number().nullable();

export const contactBatch = z.object({ rows: z.array(contactRow), next });
export type ContactBatch = z.infer<typeof contactBatch>;

const person = { number: z.string(), firstName: z.string().nullable(), lastName: z.string().nullable() };

const outcome = {
  status: z.enum(messageStatuses),
  errorCode: z.number().nullable(),
  errorMessage: z.string().nullable(),
  /** key of a reason of our own */
  reason: z.string().nullable(),
  sentAt: z.date().nullable(),
  deliveredAt: z.date().nullable(),
  readAt: z.date().nullable(),
  failedAt: z.date().nullable(),
};

const recipient = z.object({
  ...person,
  ...outcome,
  answers: z.number(),
  firstAnswerAt: z.date().nullable(),
  lastAnswer: z.string().nullable(),
  messageTwo: z.enum(messageStatuses).nullable(),
});

export const recipientBatch = z.object({ rows: z.array(recipient), next });
export type RecipientBatch = z.infer<typeof recipientBatch>;

const message = z.object({
  ...person,
  ...outcome,
  id: z.number(),
  campaign: z.string().nullable(),
  type: z.enum(messageTypes).nullable(),
  content: z.string(),
  createdAt: z.date().nullable(),
});

export const messageBatch = z.object({ rows: z.array(message), next });
export type MessageBatch = z.infer<typeof messageBatch>;
