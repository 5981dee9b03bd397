import { fr } from "#app/i18n/fr.ts";
import { failureTitle } from "#app/lib/failure-text.ts";
import type { MessageStatus } from "#server/domain/message-status.ts";

type Outcome = {
  status: MessageStatus;
  errorCode: number | null;
  errorMessage: string | null;
  reason: string | null;
};

/** Why a message is where it is, in a few words; empty where its status says it all. */
export function outcomeText(outcome: Outcome): string {
  if (outcome.status === "failed") return failureTitle(outcome);
  return outcome.reason ? (fr.messages.reasons[outcome.reason] ?? outcome.reason) : "";
}
