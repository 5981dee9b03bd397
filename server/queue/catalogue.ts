// The jobs there are: name → payload. Handlers live in jobs/; server/ only ever knows a job by its name.
// Jobs are hints and timers: the ledger is the queue, and the sweep finds what a lost hint missed (engine.md 1).
import { z } from "zod";

const none = z.object({});
const contactImport = z.object({ importId: z.number().int().positive() });
const sender = z.object({ senderId: z.number().int().positive() });

export const taskCatalogue = {
  drain_sender: sender,
  check_messages: none,
  apply_webhook_events: none,
  purge_webhook_events: none,
  apply_retention: none,
  reconcile_inbound: sender,
  probe_sender: sender,
  roll_up_activity: none,
  check_import: contactImport,
  run_import: contactImport,
  forget_imports: none,
} as const;

export type TaskName = keyof typeof taskCatalogue;
export type TaskPayload<Name extends TaskName> = z.output<(typeof taskCatalogue)[Name]>;
