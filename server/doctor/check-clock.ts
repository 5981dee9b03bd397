import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";
import { askTwilioTime } from "#server/twilio/ask-time.ts";

/** Less than that does nobody harm: countdowns and sessions are told in minutes. */
const toleratedMs = 5000;

/** Compares three clocks, this process's, the database's and Twilio's, and names the wrong one where two agree. */
export async function checkClock(
  { settings, patienceMs, now }: DoctorContext,
  db: Database | null,
): Promise<Finding> {
  const [database, twilio] = await Promise.all([
    db && aheadOf(now, () => databaseTime(db)).catch(() => null),
    aheadOf(now, () => askTwilioTime(settings.twilioApiBaseUrl, patienceMs)).catch(() => null),
  ]);
  if (database === null && twilio === null) return unknown("no_reference");
  const isOff = (ms: number | null) => ms !== null && Math.abs(ms) > toleratedMs;
  if (!isOff(database) && !isOff(twilio)) return green("ok", { references: names(database, twilio) });
  if (database === null) return red("process_wrong", { seconds: seconds(twilio) });
  if (twilio === null) return red("one_wrong", { seconds: seconds(database) });
  if (!isOff(twilio)) return red("database_wrong", { seconds: seconds(database) });
  if (!isOff(database)) return red("both_wrong", { seconds: seconds(twilio) });
  return isOff(database - twilio)
    ? red("all_differ", { seconds: seconds(twilio) })
    : red("process_wrong", { seconds: seconds(twilio) });
}

/** Milliseconds by which a clock is ahead of ours, as of half way through asking it. */
async function aheadOf(now: () => number, ask: () => Promise<number>): Promise<number> {
  const before = now();
  const time = await ask();
  return time - (before + now()) / 2;
}

async function databaseTime(db: Database): Promise<number> {
  const [row] = await queryRows<{ ms: number }>(
    db,
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  return row?.ms ?? Number.NaN;
}

const seconds = (ms: number | null) => Math.round(Math.abs(ms ?? 0) / 1000);

function names(database: number | null, twilio: number | null): string {
  return [database !== null && "database", twilio !== null && "twilio"].filter(Boolean).join(",");
}
