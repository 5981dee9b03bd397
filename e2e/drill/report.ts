// A drill as the person who ran it reads it.
import type { DrillOptions, DrillResult } from "#e2e/drill/drill.ts";
import type { FaultName } from "#e2e/drill/plan.ts";

const faultTexts: Record<FaultName | "connections refused", string> = {
  "accepted, connection cut": "accepté, réponse perdue (connexion coupée)",
  "accepted, never answered": "accepté, aucune réponse",
  "accepted, answered 502": "accepté, réponse 502",
  "not accepted, connection cut": "non accepté, connexion coupée",
  "not accepted, never answered": "non accepté, aucune réponse",
  "not accepted, answered 503": "non accepté, réponse 503",
  "not accepted, answered 429": "non accepté, réponse 429",
  "connections refused": "connexion refusée",
  "callbacks late": "callbacks en retard",
  "callbacks doubled": "callbacks en double",
  "callbacks shuffled": "callbacks dans le désordre",
  "callbacks lost": "callbacks perdus",
};

/** The summary, whose last line says whether the proof holds. */
export function drillReport({ seed, recipients }: DrillOptions, result: DrillResult): string {
  const { injected, problems } = result;
  const faults = Object.entries(injected).map(
    ([name, count]) => `  ${faultTexts[name as FaultName].padEnd(46)} ${String(count).padStart(5)}`,
  );
  const verdict =
    problems.length === 0
      ? "Preuve : un Message 1 et un seul par destinataire, chaque ligne terminée, compteurs exacts, chaque SID à une ligne."
      : `La preuve échoue :\n${problems.map((problem) => `  ${problem}`).join("\n")}`;
  return [
    "",
    `Exercice de pannes, graine ${seed}`,
    `  workers tués (SIGKILL)                         ${String(result.kills).padStart(5)}`,
    `  dont envois en cours, issue inconnue           ${String(result.claimsLost).padStart(5)}`,
    `  redémarrages de PostgreSQL (arrêt immédiat)    ${String(result.restarts).padStart(5)}`,
    ...faults,
    "",
    `  destinataires ${recipients}, requêtes ${result.attempts}, relances à la main ${result.retriedByHand}`,
    `  messages chez Twilio ${result.messagesAtTwilio}, doublons ${result.duplicates}, perdus ${result.lost}`,
    `  durée ${durationText(result.durationMs)}`,
    "",
    verdict,
  ].join("\n");
}

function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
