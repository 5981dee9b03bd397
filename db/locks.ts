// How a migration of a database of ours gets the tables it changes, and what must not run beside it.
import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { DatabaseRefused } from "#db/takeover/recognise.ts";

export type Patience = { lockMs: number; attempts: number; pauseMs: number };

const patience: Patience = { lockMs: 2_000, attempts: 5, pauseMs: 500 };

/** A lock that was not to be had in time, and two that waited for each other. */
const worthAnotherTry = new Set(["55P03", "40P01"]);

/**
 * Does `work` with a limit on each wait for a lock: who waits for a table holds up every reader behind. What it had locked
 * is given back before the next attempt. Throws what PostgreSQL says of the last one.
 */
export async function patiently<Result>(
  sql: postgres.TransactionSql,
  work: (attempt: postgres.TransactionSql) => Promise<Result>,
  { lockMs, attempts, pauseMs }: Patience = patience,
): Promise<Result> {
  await sql.unsafe(`set local lock_timeout = ${lockMs}`);
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return (await sql.savepoint(work)) as Result;
    } catch (error) {
      if (left === 0 || !worthAnotherTry.has((error as { code?: string }).code ?? "")) throw error;
      await sleep(pauseMs);
    }
  }
}

/** A worker that has been silent for this long is dead (jobs/worker.ts). */
const deadAfterMs = 10_000;

/**
 * Refuses while a worker lives: one of the version before would go on counting answers, and claiming messages, by rules the
 * database no longer has. One that was killed is waited for until it is known to be dead. Throws DatabaseRefused.
 */
export async function refuseBesideWorkers(sql: postgres.TransactionSql): Promise<void> {
  for (let first: string | null = null; ; await sleep(200)) {
    const [living] = await sql<{ last: string | null; hosts: string }[]>`
      select max(heartbeat_at)::text as last, string_agg(distinct hostname, ', ') as hosts from workers
      where stopped_at is null and heartbeat_at > clock_timestamp() - ${deadAfterMs} * interval '1 millisecond'`;
    if (!living?.last) return;
    first ??= living.last;
    if (living.last === first) continue;
    throw new DatabaseRefused(
      `Un worker de Relance travaille sur cette base (${living.hosts}) : rien n'a été changé. Arrêtez tous les workers ` +
        "(ils finissent leurs envois en route, 18 secondes au plus), migrez, puis démarrez ceux de la nouvelle version.",
    );
  }
}
