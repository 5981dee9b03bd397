import { frJournal } from "#app/i18n/fr/journal.ts";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import type { HitRow } from "#server/webhooks/views.ts";

const text = frWebhooks;

type Outcome = Pick<HitRow, "verdict" | "appliedAt" | "result" | "tries" | "diagnosis">;

/** What came of a hit, or why nothing did. */
export function hitOutcome({ verdict, appliedAt, result, tries, diagnosis }: Outcome): string {
  if (verdict === "refused") return diagnosis ? text.diagnosis.titles[diagnosis] : text.outcome.refused;
  if (appliedAt === null) return text.outcome.waiting(tries);
  return resultText(result ?? "");
}

/** The result of applying a hit; the refusals of Message 2 are among them. */
export function resultText(result: string): string {
  const refusal = frJournal.refusals[result];
  return text.results[result] ?? (refusal ? text.outcome.noMessageTwo(refusal) : result);
}
