import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** Until the end of the transaction no other process writes templates: web and worker start together. */
export async function lockTemplates(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('relance.templates'))`);
}
