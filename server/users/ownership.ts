// Who sees what: an admin what they created, a super admin everything (ownerless rows too).
import { eq, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";

export const roles = ["super_admin", "admin"] as const;

export const signedInUser = z.object({ id: z.number(), email: z.string(), role: z.enum(roles) });
export type SignedInUser = z.infer<typeof signedInUser>;

/**
 * The condition every query of a user's rows carries: `created_by` is theirs. No condition for a super admin. A row of
 * somebody else is thus not found, and answered exactly like one that does not exist.
 */
export function ownedBy(user: SignedInUser, createdBy: PgColumn): SQL | undefined {
  return user.role === "super_admin" ? undefined : eq(createdBy, user.id);
}
