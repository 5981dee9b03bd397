// The lines an import refused, as the file had them, each with its reason: to be corrected and imported again.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { frImports } from "#app/i18n/fr/imports.ts";
import { csvResponse } from "#app/lib/csv-response.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = frImports;

export async function loader(args: LoaderFunctionArgs) {
  const id = Number(args.params.importId);
  const caller = await callerFor(args);
  const { settings } = await caller.imports.get({ id });
  const width = Math.max(0, ...settings.samples.map((cells) => cells.length));
  const names = settings.hasHeader ? (settings.samples[0] ?? []) : [];
  const every = <Value>(value: (index: number) => Value) =>
    Array.from({ length: width }, (_, index) => value(index));
  return csvResponse(args, {
    name: `relance-lignes-refusees-${id}`,
    header: [
      ...every((index) => names[index] || text.columns.nth(index)),
      text.refusedFile.line,
      text.refusedFile.reason,
    ],
    read: (after) => caller.imports.refused({ id, after }),
    cells: ({ cells, line, reason }) => [
      ...every((index) => cells[index] ?? ""),
      line,
      reason && (text.reasons[reason] ?? reason),
    ],
  });
}
