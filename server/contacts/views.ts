// The shapes in which contacts leave the server.
import { z } from "zod";
import { messageStatuses, messageTypes } from "#server/domain/message-status.ts";

const contactCategory = z.object({ id: z.number(), name: z.string(), color: z.string().nullable() });

export const contactRow = z.object({
  id: z.number(),
  fullNumber: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  categories: z.array(contactCategory),
  sandboxJoinedAt: z.date().nullable(),
  sandboxLeftAt: z.date().nullable(),
  lastInboundAt: z.date().nullable(),
  optedOutAt: z.date().nullable(),
  flag: z.enum(["duplicate", "invalid_number"]).nullable(),
  createdAt: z.date().nullable(),
});
export type ContactRow = z.infer<typeof contactRow>;

/** What a change wrote, or found before it: only the fields that differ. Categories by name, as they were called then. */
const contactSnapshot = z
  .object({
    fullNumber: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    categories: z.array(z.string()),
  })
  .partial();
export type ContactSnapshot = z.infer<typeof contactSnapshot>;

export const contactDetail = contactRow.extend({
  phoneNumber: z.string(),
  countryCode: z.string(),
  /** e-mail of the admin who manages it; null: ownerless */
  ownerEmail: z.string().nullable(),
  messageCount: z.number(),
});
export type ContactDetail = z.infer<typeof contactDetail>;

const historyCampaign = z.object({ id: z.number(), name: z.string(), deleted: z.boolean() }).nullable();
const happened = { id: z.number(), at: z.date() };

const contactHistoryItem = z.discriminatedUnion("kind", [
  z.object({
    ...happened,
    kind: z.literal("message"),
    type: z.enum(messageTypes).nullable(),
    status: z.enum(messageStatuses),
    content: z.string(),
    errorCode: z.number().nullable(),
    errorMessage: z.string().nullable(),
    reason: z.string().nullable(),
    campaign: historyCampaign,
  }),
  z.object({
    ...happened,
    kind: z.literal("answer"),
    type: z.enum(["reply", "reaction"]),
    content: z.string().nullable(),
    campaign: historyCampaign,
  }),
  z.object({
    ...happened,
    kind: z.literal("change"),
    action: z.enum(["created", "updated", "deleted", "revived"]),
    userEmail: z.string().nullable(),
    before: contactSnapshot.nullable(),
    after: contactSnapshot.nullable(),
  }),
]);
export type ContactHistoryItem = z.infer<typeof contactHistoryItem>;

export const contactHistoryPage = z.object({
  items: z.array(contactHistoryItem),
  next: z.string().nullable(),
});
export type ContactHistory = z.infer<typeof contactHistoryPage>;

export const contactPage = z.object({
  rows: z.array(contactRow),
  /** how many the filter finds; counted no further than this many */
  total: z.number(),
  totalIsMore: z.boolean(),
  /** where the pages beside this one are; null: there is none */
  previous: z.string().nullable(),
  next: z.string().nullable(),
});
export type ContactPage = z.infer<typeof contactPage>;
