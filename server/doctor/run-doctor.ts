// All checks at once, each for itself: one that hangs or breaks takes no other with it.
import type { Database } from "#db/client.ts";
import { isConnectionFailure } from "#db/errors.ts";
import { askAccount } from "#server/doctor/ask-account.ts";
import { checkAccountType } from "#server/doctor/check-account-type.ts";
import { checkClock } from "#server/doctor/check-clock.ts";
import { checkCredentials } from "#server/doctor/check-credentials.ts";
import { checkDatabase } from "#server/doctor/check-database.ts";
import { checkMigrations } from "#server/doctor/check-migrations.ts";
import { checkPooler } from "#server/doctor/check-pooler.ts";
import { checkPublicAddress } from "#server/doctor/check-public-address.ts";
import { checkSender } from "#server/doctor/check-sender.ts";
import { checkVariables } from "#server/doctor/check-variables.ts";
import { checkWorker } from "#server/doctor/check-worker.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { type CheckKey, checkKeys, type DoctorCheck, type Finding, unknown } from "#server/doctor/views.ts";
import { withoutSecrets } from "#server/doctor/without-secrets.ts";

/** The findings in the order of `checkKeys`, within `patienceMs` whatever hangs; no secret is in them. Never throws. */
export async function runDoctor(context: DoctorContext): Promise<DoctorCheck[]> {
  const account = askAccount(context);
  const database = checkDatabase(context);
  /** asks only a database that answers */
  const withDatabase = async (check: (db: Database) => Promise<Finding>): Promise<Finding> => {
    const { state } = await database;
    return context.db && state === "green" ? check(context.db) : unknown("needs_database");
  };
  const migrations = withDatabase(checkMigrations);
  /** asks only tables that are there */
  const withTables = async (check: (db: Database) => Promise<Finding>): Promise<Finding> => {
    const { state } = await migrations;
    if (state === "green") return withDatabase(check);
    return unknown((await database).state === "green" ? "needs_migrations" : "needs_database");
  };
  const dbWithTables = async () => ((await migrations).state === "green" ? context.db : null);
  const answering = async () => ((await database).state === "green" ? context.db : null);
  const checks: Record<CheckKey, Promise<Finding>> = {
    variables: checkVariables(context),
    database,
    pooler: withDatabase(() => checkPooler(context)),
    migrations,
    worker: withTables(checkWorker),
    clock: answering().then((db) => checkClock(context, db)),
    credentials: account.then(checkCredentials),
    account_type: Promise.all([account, dbWithTables()]).then(([answer, db]) => checkAccountType(answer, db)),
    sender: withTables((db) => checkSender(context, db)),
    public_address: withTables((db) => checkPublicAddress(context, db)),
  };
  const findings = await Promise.all(
    checkKeys.map(async (key) => ({ key, ...(await inTime(checks[key], context.patienceMs)) })),
  );
  return findings.map((check) => withoutSecrets(check, context.settings));
}

async function inTime(check: Promise<Finding>, patienceMs: number): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve(unknown("no_answer")), patienceMs);
  });
  try {
    return await Promise.race([check, late]);
  } catch (error) {
    if (isConnectionFailure(error)) return unknown("needs_database");
    return unknown("broken", { reason: error instanceof Error ? error.message : String(error) });
  } finally {
    clearTimeout(timer);
  }
}
