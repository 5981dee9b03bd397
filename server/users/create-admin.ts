import { sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { users } from "#db/schema/users.ts";
import { recordAudit } from "#server/audit/record.ts";
import { AppError } from "#server/errors.ts";
import { hashPassword, minimumPasswordLength } from "#server/users/password.ts";

type NewAdmin = { email: string; password: string };

/** Creates a super admin. AppErrors: `user.weak_password` (meta minimum), `user.email_taken`. */
export async function createSuperAdmin(db: Executor, { email, password }: NewAdmin): Promise<{ id: number }> {
  if (password.length < minimumPasswordLength) {
    throw new AppError("user.weak_password", { minimum: minimumPasswordLength });
  }
  const address = email.trim().toLowerCase();
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const [existing] = await tx
      .select({ id: users.id })
      .from(users)
      .where(sql`lower(${users.email}) = ${address}`);
    if (existing) throw new AppError("user.email_taken");
    const [created] = await tx
      .insert(users)
      .values({ email: address, passwordHash, role: "super_admin" })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!created) throw new AppError("user.email_taken");
    await recordAudit(tx, { userId: null, ip: null, action: "user.created", subjectId: created.id });
    return created;
  });
}
