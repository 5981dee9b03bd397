import type { Executor } from "#db/client.ts";
import { recordAudit } from "#server/audit/record.ts";
import { createUser } from "#server/users/create-user.ts";
import { hashPassword, requireStrongPassword } from "#server/users/password.ts";

type NewAdmin = { email: string; password: string };

/** Creates a super admin. AppErrors: those of `requireStrongPassword`, `user.email_taken`. */
export async function createSuperAdmin(db: Executor, { email, password }: NewAdmin): Promise<{ id: number }> {
  requireStrongPassword(password, { email });
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const created = await createUser(tx, { email, passwordHash, role: "super_admin" });
    await recordAudit(tx, { userId: null, ip: null, action: "user.created", subjectId: created.id });
    return created;
  });
}
