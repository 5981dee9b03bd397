// What the audit log may be asked for. Apart from the other inputs: forms of every page come with those.
import { z } from "zod";
import { auditActions } from "#server/domain/audit-actions.ts";
import { after, cursorInput, dayInput, id, optionalText } from "#server/domain/inputs.ts";

/** Everything absent: every line of the audit log. Days are days of the display time zone, the last included. */
const auditFilter = z.object({
  userId: id.nullish(),
  action: z.enum(auditActions).nullish(),
  /** the first half of an action */
  subject: optionalText(40),
  /** the id of a subject or of a request, or an address */
  search: optionalText(100),
  from: dayInput,
  to: dayInput,
});
export type AuditFilter = z.output<typeof auditFilter>;
export const listAuditInput = cursorInput.extend(auditFilter.shape);
export type ListAuditInput = z.output<typeof listAuditInput>;
export const exportAuditInput = auditFilter.extend({ after });
