// The filters of the audit log as its addresses have them: the page and the file are about the same lines.
import { dayOf, positiveInteger } from "#app/lib/search-params.ts";
import { auditActions, auditSubjects } from "#server/domain/audit-actions.ts";
import type { AuditFilter } from "#server/domain/audit-inputs.ts";

/** What is no such thing filters nothing. */
export function auditQueryOf(params: URLSearchParams): AuditFilter {
  return {
    userId: positiveInteger(params.get("utilisateur")),
    action: auditActions.find((action) => action === params.get("action")) ?? null,
    subject: auditSubjects.find((subject) => subject === params.get("sujet")) ?? null,
    search: params.get("recherche")?.replaceAll("\0", "").trim().slice(0, 100) || null,
    from: dayOf(params.get("du")),
    to: dayOf(params.get("au")),
  };
}
