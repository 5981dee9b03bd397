// What a line of the audit log is about: in words, and where to see it.

import { frAudit } from "#app/i18n/fr/audit.ts";
import { paths } from "#app/lib/paths.ts";
import type { AuditRow } from "#server/audit/views.ts";
import { subjectOf } from "#server/domain/audit-actions.ts";
import { formatPhone } from "#server/domain/phone.ts";

type Named = Pick<AuditRow, "action" | "subjectId" | "subjectName">;

/** Its name now, else its kind and number; null when a line is about nothing in particular. */
export function auditSubjectText({ action, subjectId, subjectName }: Named): string | null {
  if (subjectName !== null) return subjectName.startsWith("+") ? formatPhone(subjectName) : subjectName;
  if (subjectId === null) return null;
  const subject = subjectOf(action);
  return frAudit.numbered(frAudit.subjects[subject] ?? subject, subjectId);
}

/** Its page, or null where it has none any more. */
export function auditSubjectPath({ action, subjectId, subjectName }: Named): string | null {
  const id = Number(subjectId);
  if (!Number.isSafeInteger(id) || id < 1) return null;
  const subject = subjectOf(action);
  if (subject === "webhook") return paths.hit(id);
  if (subjectName === null) return null;
  if (subject === "campaign") return paths.campaign(id);
  if (subject === "contact") return paths.contact(id);
  if (subject === "conversation") return paths.conversation(id);
  return null;
}
