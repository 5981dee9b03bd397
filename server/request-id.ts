// A request that can be followed: what it enqueues carries its id (columns `request_id`), and so does every log line of
// what becomes of that, in whatever process.
import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** Says whose transaction this is, until it ends; null where nobody asked, such as an event found at Twilio. */
export async function nameRequest(tx: Transaction, requestId: string | null): Promise<void> {
  await tx.execute(sql`select set_config('relance.request_id', ${requestId ?? ""}, true)`);
}
