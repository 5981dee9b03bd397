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
  hasTwoFactor: z.boolean(),
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

/** An attempt to sign in to an account. */
export const signInRow = z.object({
  id: z.number(),
  at: z.date(),
  ip: z.string(),
  userAgent: z.string().nullable(),
  succeeded: z.boolean(),
  kind: z.enum(["password", "code", "confirmation"]),
});
export type SignInRow = z.infer<typeof signInRow>;

export const twoFactorState = z.object({
  /** codes are asked for since then; null: they are not */
  since: z.date().nullable(),
  /** recovery codes nobody has used */
  codesLeft: z.number(),
  /** begun and not finished: what goes into the application on the device */
  setUp: z.object({ secret: z.string(), uri: z.string() }).nullable(),
});
export type TwoFactorState = z.infer<typeof twoFactorState>;

export const apiTokenRow = z.object({
  id: z.number(),
  name: z.string(),
  /** its first letters */
  hint: z.string(),
  scope: z.enum(["read", "write"]),
  createdAt: z.date(),
  expiresAt: z.date(),
  isExpired: z.boolean(),
  lastUsedAt: z.date().nullable(),
  lastUsedIp: z.string().nullable(),
});
export type ApiTokenRow = z.infer<typeof apiTokenRow>;

/** What nobody manages. */
export const ownerless = z.object({ contacts: z.number(), campaigns: z.number(), categories: z.number() });
export type Ownerless = z.infer<typeof ownerless>;
