import { Link } from "@remix-run/react";
import { Email } from "#app/components/email.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { frAudit } from "#app/i18n/fr/audit.ts";
import { auditChanges, auditChangeText } from "#app/lib/audit-changes.ts";
import { auditSubjectPath, auditSubjectText } from "#app/lib/audit-subject.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { AuditRow } from "#server/audit/views.ts";

const text = frAudit;
const shownAtOnce = 3;

/** Who did what to what, when, from where, and what it changed. */
export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const { columns } = text;
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>{columns.time}</HeadCell>
          <HeadCell>{columns.who}</HeadCell>
          <HeadCell>{columns.what}</HeadCell>
          <HeadCell className="w-2/5">{columns.change}</HeadCell>
        </>
      }
    >
      {rows.map((entry) => (
        <AuditLine key={entry.id} entry={entry} />
      ))}
    </Table>
  );
}

function AuditLine({ entry }: { entry: AuditRow }) {
  const { now, format } = useClock();
  const { at, userEmail, ip, action, requestId } = entry;
  return (
    <Row className="xl:[&>td]:align-top">
      <Cell className="whitespace-nowrap tabular-nums max-xl:w-full max-xl:text-ink-soft max-xl:text-xs">
        <time
          dateTime={at.toISOString()}
          title={requestId ? text.request(requestId) : format.relative(at, now)}
        >
          {format.date(at, now)} {format.time(at)}
        </time>
      </Cell>
      <Cell className="min-w-0 [overflow-wrap:anywhere] max-xl:order-last max-xl:w-full max-xl:text-ink-soft max-xl:text-xs">
        <span className="xl:block">{userEmail ? <Email>{userEmail}</Email> : text.system}</span>{" "}
        <span className="text-ink-soft text-xs">{ip?.replace("::ffff:", "") ?? text.noAddress}</span>
      </Cell>
      <Cell className="min-w-0 max-xl:w-full">
        <span className="block font-medium">{text.actions[action] ?? action}</span>
        <Subject entry={entry} />
      </Cell>
      <Cell className="min-w-0 max-xl:w-full">
        <Changes entry={entry} />
      </Cell>
    </Row>
  );
}

function Subject({ entry }: { entry: AuditRow }) {
  const subject = auditSubjectText(entry);
  const path = auditSubjectPath(entry);
  if (!subject) return null;
  if (!path) return <span className="text-ink-soft text-xs [overflow-wrap:anywhere]">{subject}</span>;
  return (
    <Link to={path} className="text-accent-ink text-xs underline underline-offset-2 [overflow-wrap:anywhere]">
      {subject}
    </Link>
  );
}

function Changes({ entry }: { entry: AuditRow }) {
  const changes = auditChanges(entry.before, entry.after).map(auditChangeText);
  if (changes.length === 0) return <span className="text-ink-soft max-xl:hidden">{text.noChange}</span>;
  const list = (
    <ul className="grid gap-0.5 text-[0.8125rem] text-ink-soft [overflow-wrap:anywhere]">
      {changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  );
  if (changes.length <= shownAtOnce) return list;
  return (
    <details>
      <summary className="cursor-pointer text-[0.8125rem] text-ink-soft">{text.more(changes.length)}</summary>
      {list}
    </details>
  );
}
