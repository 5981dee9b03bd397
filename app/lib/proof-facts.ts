// What is wrong with a row, in words: for the proof page and for `npm run audit`.

import { frProof } from "#app/i18n/fr/proof.ts";
import { fr } from "#app/i18n/fr.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import type { ProofRow } from "#server/proof/views.ts";

const text = frProof;

/** The facts of a row that breaks a check, in a few French words. */
export function proofFacts({ facts }: Pick<ProofRow, "facts">): string {
  if (facts.recipients !== undefined) {
    return text.facts.recipients(Number(facts.recipients), Number(facts.known));
  }
  if (facts.counter !== undefined) {
    const counter = text.counters[String(facts.counter)] ?? String(facts.counter);
    return text.facts.counter(counter, Number(facts.counted), Number(facts.rows));
  }
  if (facts.attempts !== undefined) return text.facts.attempts(String(facts.attempts));
  if (facts.journal !== undefined) {
    const journal = facts.journal === null ? text.facts.noJournal : statusWord(facts.journal);
    return text.facts.journal(statusWord(facts.status), journal);
  }
  if (facts.problem !== undefined) {
    return `${statusWord(facts.status)} : ${text.problems[String(facts.problem)] ?? String(facts.problem)}`;
  }
  if (facts.sid !== undefined) return text.facts.sid(String(facts.sid));
  const inbound = facts.inboundSid == null ? [] : [text.facts.inbound(String(facts.inboundSid))];
  const rows = facts.rows == null ? [] : [text.facts.rows(Number(facts.rows))];
  return [...inbound, ...rows].join(", ");
}

function statusWord(status: unknown): string {
  const known = messageStatuses.find((one) => one === status);
  return known ? fr.messages.statuses[known] : String(status);
}
