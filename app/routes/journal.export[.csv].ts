// The audit log as its page shows it, as a file. No page: the log links to it.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { frAudit } from "#app/i18n/fr/audit.ts";
import { auditChangesText } from "#app/lib/audit-changes.ts";
import { auditQueryOf } from "#app/lib/audit-query.ts";
import { auditSubjectText } from "#app/lib/audit-subject.ts";
import { csvResponse } from "#app/lib/csv-response.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const { file, actions, system } = frAudit;

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const filter = auditQueryOf(new URL(args.request.url).searchParams);
  return csvResponse(args, {
    name: "relance-journal",
    header: [
      file.id,
      file.at,
      file.user,
      file.ip,
      file.action,
      file.subjectId,
      file.subject,
      file.change,
      file.before,
      file.after,
      file.request,
    ],
    read: (after) => caller.audit.export({ ...filter, after }),
    cells: (entry, time) => [
      entry.id,
      time(entry.at),
      entry.userEmail ?? system,
      entry.ip,
      actions[entry.action] ?? entry.action,
      entry.subjectId,
      auditSubjectText(entry),
      auditChangesText(entry.before, entry.after),
      jsonText(entry.before),
      jsonText(entry.after),
      entry.requestId,
    ],
  });
}

const jsonText = (value: unknown) => (value === null ? null : JSON.stringify(value));
