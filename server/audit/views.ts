// The shapes in which the audit log leaves the server, for the super admin alone.
import { z } from "zod";

const json = z.unknown();

const auditRow = z.object({
  id: z.number(),
  at: z.date(),
  /** null: no user did it, or their account is gone */
  userEmail: z.string().nullable(),
  ip: z.string().nullable(),
  /** one of `auditActions`, or a word of before */
  action: z.string(),
  subjectId: z.string().nullable(),
  /** what its subject is called now; null: it is gone, or has no name */
  subjectName: z.string().nullable(),
  before: json,
  after: json,
  requestId: z.string().nullable(),
});
export type AuditRow = z.infer<typeof auditRow>;

export const auditPage = z.object({
  rows: z.array(auditRow),
  previous: z.number().nullable(),
  next: z.number().nullable(),
  total: z.number(),
  totalIsMore: z.boolean(),
});

export const auditBatch = z.object({ rows: z.array(auditRow), next: z.number().nullable() });
