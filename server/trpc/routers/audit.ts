// The audit log: who did what to what, when, from where, before and after.
import { z } from "zod";
import { exportAudit, listAudit } from "#server/audit/queries.ts";
import { auditBatch, auditPage } from "#server/audit/views.ts";
import { exportAuditInput, listAuditInput } from "#server/domain/audit-inputs.ts";
import { router, superAdminProcedure } from "#server/trpc/init.ts";

export const auditRouter = router({
  /** The newest first. */
  list: superAdminProcedure
    .input(listAuditInput)
    .output(auditPage)
    .query(({ ctx: { services }, input }) =>
      listAudit(services.db, { ...input, timeZone: services.env.tzDisplay }),
    ),

  /** For how many months lines stay here before they go to a file; null: for ever. */
  kept: superAdminProcedure.output(z.object({ months: z.number().nullable() })).query(({ ctx }) => {
    const { auditArchiveDir, auditKeptMonths } = ctx.services.env;
    return { months: auditArchiveDir === null ? null : auditKeptMonths };
  }),

  /** Batch after batch; the file is written by a route of app/. */
  export: superAdminProcedure
    .input(exportAuditInput)
    .output(auditBatch)
    .query(({ ctx: { services }, input }) =>
      exportAudit(services.db, { ...input, timeZone: services.env.tzDisplay }),
    ),
});
