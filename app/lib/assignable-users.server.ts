import type { callerFor } from "#app/lib/trpc.server.ts";
import type { UserRow } from "#server/users/views.ts";

/** The accounts a super admin may give something to; null for anybody else, who may not. */
export async function assignableUsers(
  caller: Awaited<ReturnType<typeof callerFor>>,
): Promise<UserRow[] | null> {
  const me = await caller.auth.me();
  return me?.role === "super_admin" ? caller.users.list() : null;
}
