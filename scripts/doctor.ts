// `npm run doctor`: is everything there that messages need to go out and to come back? One line for each check, with the
// cure. Works, and works best, where the configuration or the database is broken. Exit code 1 when a check is red.
import { setTimeout as sleep } from "node:timers/promises";
import { frDoctor } from "#app/i18n/fr/doctor.ts";
import { doctorText } from "#app/lib/doctor-text.ts";
import { connect } from "#db/client.ts";
import { runDoctor } from "#server/doctor/run-doctor.ts";
import type { CheckState, DoctorCheck } from "#server/doctor/views.ts";
import { examineEnv, loadDotEnv } from "#server/env.ts";

const patienceMs = 12_000;
const marks: Record<CheckState, string> = { green: "✓", red: "✗", unknown: "?" };
const text = frDoctor;

const { known, problems } = examineEnv(loadDotEnv(".env"));
const connection = known.databaseUrl
  ? connect(known.databaseUrl, { max: 3, applicationName: "relance-doctor" })
  : null;

console.log(text.start);
const checks = await runDoctor({
  settings: known,
  problems,
  db: connection?.db ?? null,
  patienceMs,
  now: Date.now,
});
for (const check of checks) tell(check);
const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
const [reds, unknowns] = [count("red"), count("unknown")];
console.log("");
if (reds > 0) console.log(text.summary.red(reds));
if (unknowns > 0) console.log(text.summary.unknown(unknowns));
if (reds + unknowns === 0) console.log(text.summary.green);
// a check that hangs must not keep us
await Promise.race([connection?.close(), sleep(1000)]);
process.exit(reds > 0 ? 1 : 0);

function tell(check: DoctorCheck): void {
  const { title, said, cure } = doctorText(check);
  console.log(`  ${marks[check.state]} ${title} : ${indented(said)}`);
  if (cure) console.log(`      → ${indented(cure)}`);
}

function indented(lines: string): string {
  return lines.replaceAll("\n", "\n      - ");
}
