import { probeNotifications } from "#db/probe-notifications.ts";
import type { DoctorContext } from "#server/doctor/context.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";

/** Two notifications may be waited for within the patience of the check. */
const shareOfPatience = 0.3;

/**
 * Whether DATABASE_DIRECT_URL is what it has to be, by a notification sent through DATABASE_URL: a transaction pooler
 * (port 6543 at Supabase) loses it, and with it the worker's wake-ups and the live pages.
 */
export async function checkPooler({ settings, patienceMs }: DoctorContext): Promise<Finding> {
  const { databaseUrl, databaseDirectUrl } = settings;
  if (!databaseUrl || !databaseDirectUrl) return unknown("needs_variables", { list: "DATABASE_URL" });
  const own = databaseDirectUrl !== databaseUrl;
  let outcome: Awaited<ReturnType<typeof probeNotifications>>;
  try {
    outcome = await probeNotifications({
      listenUrl: databaseDirectUrl,
      notifyUrl: databaseUrl,
      patienceMs: patienceMs * shareOfPatience,
    });
  } catch {
    return own ? red("direct_unreachable") : unknown("needs_database");
  }
  if (outcome === "arrives") return green(own ? "pooled" : "direct");
  if (outcome === "other_database") return red("other_database");
  return red(own ? "direct_is_pooled" : "transaction_pooler");
}
