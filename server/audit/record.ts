// The audit log: who did what, from where, and what it changed.
import type { Executor } from "#db/client.ts";
import { auditLog } from "#db/schema/audit.ts";
import type { AuditAction } from "#server/domain/audit-actions.ts";

export type AuditEntry = {
  userId: number | null;
  ip: string | null;
  action: AuditAction;
  subjectId: number | string | null;
  before?: unknown;
  after?: unknown;
};

/** Writes one line of the audit log; in the transaction of what it tells about, or it tells of nothing. */
export async function recordAudit(db: Executor, entry: AuditEntry): Promise<void> {
  await db.insert(auditLog).values({
    userId: entry.userId,
    ip: entry.ip,
    action: entry.action,
    subjectId: entry.subjectId === null ? null : String(entry.subjectId),
    before: entry.before ?? null,
    after: entry.after ?? null,
  });
}
