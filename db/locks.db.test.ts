// A database of ours comes forward while others use it: readers are let through, workers are not run beside it.
import { expect, onTestFinished, test, vi } from "vitest";
import { applyMigrations, missingOf } from "#db/apply-migrations.ts";
import { patiently } from "#db/locks.ts";
import { migrate } from "#db/migrate.ts";
import { readMigrations } from "#db/migration-files.ts";
import { emptyDatabase, type TestDatabase } from "#db/testing/test-database.ts";
import { tellFailure } from "#scripts/lib/tell-failure.ts";

const known = readMigrations().slice(0, 4);
const later = readMigrations().slice(4);

/** As 0003_lists left it. */
async function olderDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  await database.sql.begin(async (tx) => {
    await tx`set local search_path to public`;
    await applyMigrations(tx, await missingOf(tx, known));
  });
  return database;
}

const makeWorker = (sql: TestDatabase["sql"], silentSeconds = 0) =>
  sql`insert into workers (id, hostname, pid, heartbeat_at)
    values (gen_random_uuid(), 'atelier', 1, clock_timestamp() - ${silentSeconds} * interval '1 second')`;

const appliedIn = (sql: TestDatabase["sql"]) => sql`select from drizzle.__drizzle_migrations`;

async function hold({ sql }: TestDatabase, table: string): Promise<() => Promise<void>> {
  const reader = await sql.reserve();
  await reader.unsafe(`begin; select from ${table} limit 1`);
  const release = async () => {
    await reader.unsafe("rollback");
    reader.release();
  };
  return release;
}

test("a reader that goes on holds the migration up, whoever comes meanwhile is served, and it goes on afterwards", async () => {
  const database = await olderDatabase();
  const release = await hold(database, "interactions");
  const moved = migrate(database.url);
  const refusals = () => database.sql`select from pg_stat_activity
    where datname = current_database() and application_name = 'relance-migrate' and wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect(await refusals()).toHaveLength(1), { timeout: 10_000, interval: 20 });
  // behind the migration in the queue for the table, until that gives way
  await database.sql`select from interactions limit 1`;
  expect(await appliedIn(database.sql)).toHaveLength(known.length);
  await release();
  expect((await moved).applied).toEqual(later.map(({ tag }) => tag));
}, 30_000);

test("a table that stays locked is given up after a few attempts, what was locked meanwhile is free", async () => {
  const database = await olderDatabase();
  const release = await hold(database, "messages");
  onTestFinished(release);
  const attempts: boolean[] = [];
  const asked = database.sql.begin((tx) =>
    patiently(
      tx,
      async (attempt) => {
        const [campaigns] = await attempt`
          select exists (select from pg_locks where relation = 'campaigns'::regclass and mode = 'AccessExclusiveLock') as held`;
        attempts.push(campaigns?.held);
        await attempt`lock table campaigns in access exclusive mode`;
        await attempt`lock table messages in access exclusive mode`;
      },
      { lockMs: 50, attempts: 3, pauseMs: 10 },
    ),
  );
  const error = await asked.catch((reason: Error) => reason);
  expect(attempts).toEqual([false, false, false]);
  expect(tellFailure(error as Error)).toMatch(
    /a renoncé, rien n'a été changé.*workers et serveurs web de Relance/,
  );
});

test("beside a worker that lives nothing is migrated, and the words say what to stop", async () => {
  const { sql, url } = await olderDatabase();
  await makeWorker(sql);
  const beating = setInterval(
    () => void sql`update workers set heartbeat_at = clock_timestamp()`.catch(() => {}),
    100,
  );
  const error = await migrate(url).catch((reason: Error) => reason);
  clearInterval(beating);
  expect(tellFailure(error as Error)).toMatch(
    /^Un worker de Relance travaille.*\(atelier\).*Arrêtez tous les workers/,
  );
  expect(await appliedIn(sql)).toHaveLength(known.length);
});

test("a worker that was killed is waited for, one that stopped is not", async () => {
  const { sql, url } = await olderDatabase();
  await makeWorker(sql, 9);
  await makeWorker(sql);
  await sql`update workers set stopped_at = clock_timestamp() where heartbeat_at > clock_timestamp() - interval '5 seconds'`;
  expect((await migrate(url)).applied).toEqual(later.map(({ tag }) => tag));
});

test("where nothing is missing workers work on", async () => {
  const { sql, url } = await olderDatabase();
  await migrate(url);
  await makeWorker(sql);
  expect(await migrate(url)).toMatchObject({ found: "ours", applied: [] });
});
