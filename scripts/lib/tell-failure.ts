// Why a migration did not happen, for the person at the terminal.
import { errorCauses } from "#db/errors.ts";
import { DatabaseRefused } from "#db/takeover/recognise.ts";

/** A certificate that no known authority signed (Node's codes). */
const unknownAuthority = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);

export function tellFailure(error: Error): string {
  if (error instanceof DatabaseRefused) return error.message;
  const codes = errorCauses(error).map(({ code }) => code);
  if (codes.includes("55P03")) {
    return (
      "La migration a renoncé, rien n'a été changé : une autre connexion garde une table verrouillée. Arrêtez ce qui " +
      "lit cette base (l'ancien système ; les workers et serveurs web de Relance), puis recommencez."
    );
  }
  if (codes.some((code) => unknownAuthority.has(code))) {
    return (
      "La connexion à la base a été refusée, rien n'a été changé : l'autorité qui a signé le certificat du serveur " +
      `n'est pas connue (${error.message}). Chez Supabase, téléchargez le certificat dans « Database Settings », ` +
      "« SSL Configuration », et terminez l'adresse par ?sslmode=verify-full&sslrootcert=prod-ca-2021.crt"
    );
  }
  return `La migration a échoué, rien n'a été changé : ${error.message}`;
}
