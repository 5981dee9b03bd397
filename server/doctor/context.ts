import type { Database } from "#db/client.ts";
import type { EnvProblem, KnownEnv } from "#server/env.ts";

/** What the checks look at: whatever of the configuration can be read, and a database that may not answer. */
export type DoctorContext = {
  settings: KnownEnv;
  problems: readonly EnvProblem[];
  /** null: there is no address to connect to */
  db: Database | null;
  /** no single answer is waited for any longer */
  patienceMs: number;
  /** the clock of this process, in milliseconds */
  now: () => number;
};
