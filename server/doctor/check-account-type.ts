import { sql } from "drizzle-orm";
import { type Database, queryRows } from "#db/client.ts";
import type { AccountAnswer } from "#server/doctor/ask-account.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";

/** "ContentSid Required", also within the window: what a "Try out WhatsApp" account answers to free text. */
const freeTextRefused = 21654;

/**
 * Trial accounts of the new console ("Try out WhatsApp") take no free text, so no Message 2 and no reply; older ones with
 * the sandbox do. Which one it is Twilio does not say: our own sends do.
 */
export async function checkAccountType(answer: AccountAnswer, db: Database | null): Promise<Finding> {
  if (answer.kind !== "account") return unknown("needs_credentials");
  if (answer.type !== "Trial") return green("ok", { type: answer.type });
  const [seen] = db ? await queryRows<{ refused: boolean }>(db, freeTextWasRefused) : [];
  return seen?.refused ? red("trial_refuses_text") : unknown("trial");
}

const freeTextWasRefused = sql`select exists (select from senders where pause_code = ${freeTextRefused})
  or exists (select from messages where error_code = ${freeTextRefused}) as refused`;
