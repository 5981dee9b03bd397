// The shapes in which accounts and sessions leave the server: never a password, never a token.
import { z } from "zod";
import { roles } from "#server/users/ownership.ts";

export const userRow = z.object({
  id: z.number(),
  email: z.string(),
  role: z.enum(roles),
  isActive: z.boolean(),
  createdAt: z.date().nullable(),
  /** the latest activity in an open session, or else the latest sign-in; null: never */
  lastSeenAt: z.date().nullable(),
  openSessions: z.number(),
});
export type UserRow = z.infer<typeof userRow>;

export const sessionRow = z.object({
  /** names the session among those of its user; no secret */
  id: z.string(),
  /** the one that asks */
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
});
export type SessionRow = z.infer<typeof sessionRow>;
