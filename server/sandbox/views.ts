// The shapes in which the sandbox leaves the server.
import { z } from "zod";

/** Counted up to a thousand. */
const total = z.object({ total: z.number(), totalIsMore: z.boolean() });

export const membershipCounts = z.object({ member: total, expiring: total, toRejoin: total });
export type MembershipCounts = z.infer<typeof membershipCounts>;

export const membershipReminders = z.object({ expiring: total, ended: total });
export type MembershipReminders = z.infer<typeof membershipReminders>;

const comeback = z.object({
  /** the failed Message 1 */
  messageId: z.number(),
  contactId: z.number(),
  fullNumber: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  campaignId: z.number(),
  campaignName: z.string(),
  failedAt: z.date().nullable(),
  cameBackAt: z.date(),
});
export type Comeback = z.infer<typeof comeback>;

export const comebackPage = z.object({
  rows: z.array(comeback),
  previous: z.number().nullable(),
  next: z.number().nullable(),
  total: z.number(),
  totalIsMore: z.boolean(),
});
export type ComebackPage = z.infer<typeof comebackPage>;

/** What to paste into the Twilio console. */
export const consoleSettings = z.object({
  /** for "When a message comes in" */
  inboundUrl: z.string(),
  /** for "Status callback URL" */
  statusUrl: z.string(),
});
