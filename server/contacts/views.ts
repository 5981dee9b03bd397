// The shapes in which contacts leave the server.
import { z } from "zod";

const contactCategory = z.object({ id: z.number(), name: z.string(), color: z.string().nullable() });

const contactRow = z.object({
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
  changes: z.array(
    z.object({
      id: z.number(),
      at: z.date(),
      action: z.enum(["created", "updated", "deleted", "revived"]),
      userEmail: z.string().nullable(),
      before: contactSnapshot.nullable(),
      after: contactSnapshot.nullable(),
    }),
  ),
});
export type ContactDetail = z.infer<typeof contactDetail>;

export const contactPage = z.object({
  rows: z.array(contactRow),
  total: z.number(),
  page: z.number(),
  pageSize: z.number(),
});
export type ContactPage = z.infer<typeof contactPage>;
