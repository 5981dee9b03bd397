// Months of the audit log that are old enough leave the database for a file each.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { sql } from "drizzle-orm";
import { type Database, queryRows, type Transaction } from "#db/client.ts";
import type { Env } from "#server/env.ts";

const batchSize = 1000;

type Archive = { env: Pick<Env, "auditArchiveDir" | "auditKeptMonths">; stopping?: AbortSignal };

export type Archived = { file: string; lines: number };

/**
 * Writes every whole month (UTC) that ended longer ago than is configured to a file of JSON lines, compressed, and takes
 * its lines out of the database once the file is complete on the disk: after a crash the same file is written again. None
 * when no folder is configured. Returns the files.
 */
export async function archiveAudit(db: Database, { env, stopping }: Archive): Promise<Archived[]> {
  const { auditArchiveDir: folder, auditKeptMonths: months } = env;
  if (folder === null) return [];
  const files: Archived[] = [];
  while (!stopping?.aborted) {
    const done = await db.transaction((tx) => archiveMonth(tx, { folder, months }));
    if (!done) break;
    files.push(done);
  }
  return files;
}

type Month = { name: string; from: string; until: string; first: string; last: string; lines: number };

async function archiveMonth(
  tx: Transaction,
  { folder, months }: { folder: string; months: number },
): Promise<Archived | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('relance.archive_audit'))`);
  const month = await oldestMonth(tx, months);
  if (!month) return null;
  await mkdir(folder, { recursive: true });
  // the lines it holds are in its name: a month that is archived in two parts has two files
  const file = join(folder, `journal-${month.name}_${month.first}-${month.last}.jsonl.gz`);
  await writeLines(`${file}.part`, linesOf(tx, month));
  if ((await countLines(`${file}.part`)) !== month.lines) throw new Error(`${file} is not complete`);
  await rename(`${file}.part`, file);
  await sync(folder, "r");
  await tx.execute(
    sql`select relance.forget_archived_audit(${month.from}::timestamptz, ${month.until}::timestamptz, ${month.last}::bigint)`,
  );
  return { file, lines: month.lines };
}

async function oldestMonth(tx: Transaction, months: number): Promise<Month | null> {
  const [month] = await queryRows<Month>(
    tx,
    sql`
    with oldest as (
      select date_trunc('month', min(at), 'UTC') as start from audit_log),
    span as (
      select start, start + interval '1 month' as over from oldest
      where start + interval '1 month' <= date_trunc('month', now(), 'UTC') - ${months} * interval '1 month')
    select to_char(start at time zone 'UTC', 'YYYY-MM') as name, start::text as from, over::text as until,
      min(a.id)::text as first, max(a.id)::text as last, count(*)::int as lines
    from span join audit_log a on a.at >= span.start and a.at < span.over group by start, over`,
  );
  return month ?? null;
}

async function* linesOf(tx: Transaction, { from, until, last }: Month): AsyncGenerator<string> {
  for (let after = "0"; ; ) {
    const rows = await queryRows<{ id: string; line: string }>(
      tx,
      sql`
      select a.id::text as id, (to_jsonb(a) || jsonb_build_object('user_email', u.email))::text as line
      from audit_log a left join users u on u.id = a.user_id
      where a.at >= ${from}::timestamptz and a.at < ${until}::timestamptz
        and a.id > ${after}::bigint and a.id <= ${last}::bigint
      order by a.id limit ${batchSize}::int`,
    );
    yield* rows.map(({ line }) => `${line}\n`);
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function writeLines(file: string, lines: AsyncGenerator<string>): Promise<void> {
  await pipeline(Readable.from(lines), createGzip(), createWriteStream(file, { mode: 0o600 }));
  await sync(file, "r+");
}

/** Of a folder: the names of the files in it. */
async function sync(path: string, flags: "r" | "r+"): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads the file back: what cannot be read is no archive. */
async function countLines(file: string): Promise<number> {
  let lines = 0;
  await pipeline(createReadStream(file), createGunzip(), async (text: AsyncIterable<Buffer>) => {
    for await (const chunk of text) for (const byte of chunk) if (byte === 10) lines += 1;
  });
  return lines;
}
