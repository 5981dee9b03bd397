// Reading the audit log, the latest first.
import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "#db/client.ts";
import { auditLog } from "#db/schema/audit.ts";
import { users } from "#db/schema/users.ts";
import type { AuditRow } from "#server/audit/views.ts";
import type { AuditFilter, ListAuditInput } from "#server/domain/audit-inputs.ts";
import { batchSize, nextOf } from "#server/exports/batch.ts";
import { countUpTo } from "#server/lists/count-up-to.ts";
import { turnPage } from "#server/lists/turn-page.ts";

const pageSize = 50;

type AuditQuery = AuditFilter & { timeZone: string };

/** Names of the tables' rows that an action is about, by the first half of the action. */
const subjectName = sql<string | null>`case
  when ${auditLog.subjectId} !~ '^[0-9]{1,9}$' then null
  when ${auditLog.action} like 'campaign.%' then (select name from campaigns
    where id = ${auditLog.subjectId}::int and deleted_at is null)
  when ${auditLog.action} like 'category.%' or ${auditLog.action} in ('contacts.categorised', 'contacts.uncategorised')
    then (select name from categories where id = ${auditLog.subjectId}::int)
  when ${auditLog.action} like 'user.%' or ${auditLog.action} like 'auth.%'
    then (select email from users where id = ${auditLog.subjectId}::int)
  when ${auditLog.action} like 'contact.%' or ${auditLog.action} like 'conversation.%'
    then (select coalesce(nullif(concat_ws(' ', first_name, last_name), ''), full_number)
      from contacts where id = ${auditLog.subjectId}::int and deleted_at is null)
end`;

const rowColumns = {
  id: auditLog.id,
  at: auditLog.at,
  userEmail: users.email,
  ip: auditLog.ip,
  action: auditLog.action,
  subjectId: auditLog.subjectId,
  subjectName,
  before: auditLog.before,
  after: auditLog.after,
  requestId: auditLog.requestId,
};

/** One page of it (`turnPage`), those that pass the filters. */
export async function listAudit(
  db: Executor,
  { after, before, ...query }: ListAuditInput & { timeZone: string },
) {
  const where = and(sql`true`, ...conditionsOf(query));
  const page = await turnPage<AuditRow, number>(
    { after, before },
    {
      size: pageSize,
      read: ({ from, backwards, limit }) => {
        const beyond = from === null ? undefined : (backwards ? gt : lt)(auditLog.id, from);
        return readRows(db, and(where, beyond), { backwards, limit });
      },
      cursorOf: ({ id }) => id,
    },
  );
  const counted = sql`select from ${auditLog} where ${where} order by ${auditLog.id} desc`;
  return { ...page, ...(await countUpTo(db, counted)) };
}

/** The next lines for a file, the latest first; `after`: the last id of the batch before. */
export async function exportAudit(
  db: Executor,
  { after, ...query }: AuditQuery & { after: number },
): Promise<{ rows: AuditRow[]; next: number | null }> {
  const beyond = after === 0 ? undefined : lt(auditLog.id, after);
  const where = and(sql`true`, ...conditionsOf(query), beyond);
  const rows = await readRows(db, where, { backwards: false, limit: batchSize });
  return { rows, next: nextOf(rows) };
}

function readRows(
  db: Executor,
  where: SQL | undefined,
  { backwards, limit }: { backwards: boolean; limit: number },
): Promise<AuditRow[]> {
  return db
    .select(rowColumns)
    .from(auditLog)
    .leftJoin(users, eq(users.id, auditLog.userId))
    .where(where)
    .orderBy((backwards ? asc : desc)(auditLog.id))
    .limit(limit);
}

function conditionsOf({ userId, action, subject, search, from, to, timeZone }: AuditQuery): SQL[] {
  const startOf = (day: string, later: number) =>
    sql`((${day}::date + ${later}::int)::timestamp at time zone ${timeZone})`;
  return [
    ...(userId ? [eq(auditLog.userId, userId)] : []),
    ...(action ? [eq(auditLog.action, action)] : []),
    ...(subject ? [sql`split_part(${auditLog.action}, '.', 1) = ${subject}`] : []),
    ...(search
      ? [
          sql`(${auditLog.subjectId} = ${search} or ${auditLog.ip} = ${search} or ${auditLog.requestId} = ${search})`,
        ]
      : []),
    ...(from ? [sql`${auditLog.at} >= ${startOf(from, 0)}`] : []),
    ...(to ? [sql`${auditLog.at} < ${startOf(to, 1)}`] : []),
  ];
}
