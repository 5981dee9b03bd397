import { sql } from "drizzle-orm";
import { queryRows } from "#db/client.ts";
import { errorCauses } from "#db/errors.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";

/** Whether the database answers, with these credentials, and takes writes. */
export async function checkDatabase({ db }: DoctorContext): Promise<Finding> {
  if (!db) return unknown("needs_variables", { list: "DATABASE_URL" });
  try {
    const [found] = await queryRows<{ version: string; read_only: boolean }>(
      db,
      sql`select current_setting('server_version') as version,
        pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only`,
    );
    if (found?.read_only) return red("read_only");
    return green("ok", { version: found?.version.split(" ")[0] ?? "" });
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Finding {
  const causes = errorCauses(error);
  const has = (...codes: string[]) => causes.some(({ code }) => codes.includes(code));
  const says = (words: RegExp) => causes.some(({ message }) => words.test(message));
  // what Supabase's pooler says of a wrong project or user
  if (has("28P01", "28000") || says(/tenant or user not found/i)) return red("login_refused");
  if (has("3D000")) return red("no_such_database");
  if (has("ENOTFOUND", "EAI_AGAIN")) return red("unknown_host");
  if (says(/ssl|certificate/i)) return red("tls");
  const reason = causes.map(({ code, message }) => code || message).findLast((text) => text !== "");
  return red("unreachable", { reason: reason ?? "" });
}
