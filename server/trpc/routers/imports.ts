import { z } from "zod";
import {
  configureImportInput,
  createImportInput,
  editImportRowInput,
  idInput,
  listImportRowsInput,
  refusedLinesInput,
} from "#server/domain/inputs.ts";
import { configureImport } from "#server/imports/configure-import.ts";
import { createImport } from "#server/imports/create-import.ts";
import { editImportRow } from "#server/imports/edit-import-row.ts";
import { getImport, listImportRows, listImports } from "#server/imports/queries.ts";
import { refusedLines } from "#server/imports/refused-lines.ts";
import { retryImport } from "#server/imports/retry-import.ts";
import { startImport } from "#server/imports/run-import.ts";
import { undoImport } from "#server/imports/undo-import.ts";
import { importRowPage, importView, refusedLinesBatch } from "#server/imports/views.ts";
import { audited, router, userProcedure } from "#server/trpc/init.ts";

const idOutput = z.object({ id: z.number() });
const importSummary = importView.pick({
  id: true,
  status: true,
  fileName: true,
  total: true,
  imported: true,
  createdAt: true,
});

export const importsRouter = router({
  list: userProcedure
    .output(z.array(importSummary))
    .query(({ ctx }) => listImports(ctx.services.db, { user: ctx.user })),

  get: userProcedure
    .input(idInput)
    .output(importView)
    .query(({ ctx, input }) => getImport(ctx.services.db, { user: ctx.user, ...input })),

  rows: userProcedure
    .input(listImportRowsInput)
    .output(importRowPage)
    .query(({ ctx, input }) => listImportRows(ctx.services.db, { user: ctx.user, ...input })),

  refused: userProcedure
    .input(refusedLinesInput)
    .output(refusedLinesBatch)
    .query(({ ctx, input }) => refusedLines(ctx.services.db, { user: ctx.user, ...input })),

  /** For the page that reads a file as a stream; nobody can send bytes here over HTTP. */
  create: userProcedure
    .input(createImportInput)
    .output(idOutput)
    .mutation(({ ctx, input }) => createImport(ctx.services.db, { user: ctx.user, ...input })),

  /** Chooses the columns and starts the dry run. */
  configure: userProcedure
    .input(configureImportInput)
    .output(idOutput)
    .mutation(({ ctx, input }) =>
      audited(ctx, "contacts.import_configured", async (tx) => {
        const { id, country, categoryIds } = input;
        await configureImport(tx, { user: ctx.user, ...input });
        return { result: { id }, subjectId: id, after: { country, categoryIds } };
      }),
    ),

  /** The audit log names the line alone: what stands in it is somebody's data, who may not be a contact yet. */
  editRow: userProcedure
    .input(editImportRowInput)
    .output(idOutput)
    .mutation(({ ctx, input }) =>
      audited(ctx, "contacts.import_row_edited", async (tx) => {
        const { id, line } = input;
        await editImportRow(tx, { user: ctx.user, ...input });
        return { result: { id }, subjectId: id, after: { line } };
      }),
    ),

  start: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "contacts.imported", async (tx) => {
        await startImport(tx, { user: ctx.user, id });
        return { result: { id }, subjectId: id };
      }),
    ),

  /** Goes on with what failed. */
  retry: userProcedure
    .input(idInput)
    .output(idOutput)
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "contacts.import_retried", async (tx) => {
        await retryImport(tx, { user: ctx.user, id });
        return { result: { id }, subjectId: id };
      }),
    ),

  undo: userProcedure
    .input(idInput)
    .output(z.object({ removed: z.number(), kept: z.number() }))
    .mutation(({ ctx, input: { id } }) =>
      audited(ctx, "contacts.import_undone", async (tx) => {
        const result = await undoImport(tx, { user: ctx.user, id });
        return { result, subjectId: id, after: result };
      }),
    ),
});
