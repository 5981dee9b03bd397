// `npm run audit`: the proof of the whole database. Exit code 1 when one check is red, or when it could not be made.
import { frProof } from "#app/i18n/fr/proof.ts";
import { paths } from "#app/lib/paths.ts";
import { proofFacts } from "#app/lib/proof-facts.ts";
import { connect } from "#db/client.ts";
import { loadEnvOrExit } from "#server/env.ts";
import { proveLedger } from "#server/proof/prove-ledger.ts";
import type { ProofCheck, ProofRow } from "#server/proof/views.ts";

const text = frProof;

const { databaseDirectUrl } = loadEnvOrExit({ for: "migrate" });
const { db, close } = connect(databaseDirectUrl, { max: 1, applicationName: "relance-audit" });
try {
  console.log(text.audit.start);
  const proof = await proveLedger(db, { campaignId: null });
  for (const check of proof.checks) tell(check);
  const red = proof.checks.filter(({ broken }) => broken > 0).length;
  console.log(text.audit.examined(proof.messages, proof.attempts, proof.events));
  console.log(red === 0 ? text.audit.green : text.audit.red(red));
  process.exitCode = proof.ok ? 0 : 1;
} catch (error) {
  const { cause, message } = error as Error;
  console.error(text.audit.failed((cause as Error)?.message ?? message));
  process.exitCode = 1;
} finally {
  await close();
}

function tell({ key, broken, rows }: ProofCheck): void {
  const { title, detail } = text.list[key];
  console.log(broken === 0 ? `  ✓ ${title}` : `  ✗ ${title} : ${text.broken(broken)}. ${detail}`);
  for (const row of rows) console.log(`      ${placeOf(row)} : ${proofFacts(row)}`);
  if (rows.length < broken) console.log(`      ${text.shown(rows.length, broken)}`);
}

function placeOf({ campaignId, messageId }: ProofRow): string {
  if (messageId === null) return campaignId === null ? text.noCampaign : paths.campaign(campaignId);
  return campaignId === null
    ? `${text.message(messageId)} (${text.noCampaign})`
    : paths.message(campaignId, messageId);
}
