// Failures for which Twilio gave no code: findings of our own, what the network said, or somebody's text alone. Told like
// Twilio's codes (twilio-errors.ts): what happened, whose move it is, what to do.
import { fr } from "#app/i18n/fr.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { type TwilioErrorText, twilioErrors } from "#app/i18n/twilio-errors.ts";
import type { UnreachableReason } from "#server/domain/failures.ts";

type Explanation = Omit<TwilioErrorText, "title">;

const notConnected: Explanation = frenchSpaces({
  what: "Relance n’a pas pu se connecter à Twilio, nouveaux essais compris. Rien n’est parti.",
  mover: "operator",
  todo: "Vérifiez que le serveur accède à Twilio (réseau, pare-feu, DNS), puis réessayez.",
  cure: "retry",
});

const notTrusted: Explanation = frenchSpaces({
  what: "Relance n’a pas pu établir de connexion sûre : le certificat présenté n’est pas accepté. Rien n’est parti.",
  mover: "operator",
  todo: "Vérifiez l’heure du serveur et le proxy éventuel entre lui et Twilio, puis réessayez.",
  cure: "retry",
});

const byReason: Record<UnreachableReason, Explanation> = {
  ECONNREFUSED: notConnected,
  ENOTFOUND: notConnected,
  EAI_AGAIN: notConnected,
  EHOSTUNREACH: notConnected,
  ENETUNREACH: notConnected,
  CERT_HAS_EXPIRED: notTrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: notTrusted,
};

const absent: Explanation = frenchSpaces({
  what: "L’envoi est resté sans réponse, et Twilio, interrogé plusieurs fois, n’a aucune trace du message.",
  mover: "twilio",
  todo: "Réessayez : le contact n’a rien reçu.",
  cure: "retry",
});

const withText = frenchSpaces({
  title: "Échec sans code Twilio",
  what: (text: string) => `Aucun code n’accompagne cet échec. Motif noté : « ${text} ».`,
  todo: "Réessayez. Si l’échec se répète, transmettez ce motif à la personne qui administre Relance.",
});

const withoutText: TwilioErrorText = frenchSpaces({
  title: "Échec sans raison donnée",
  what: "Twilio annonce que le message n’est pas arrivé, sans dire pourquoi.",
  mover: "twilio",
  todo: "Réessayez. Si l’échec se répète, cherchez la référence du message dans la console Twilio.",
  cure: "retry",
});

const explanations: Record<string, Explanation | undefined> = {
  ...byReason,
  absent_at_twilio: absent,
  window_closed: twilioErrors[63016],
};

/** The explanation of a failure by what was found or said of it; null: nothing was. */
export function ownFailure(finding: string | null): TwilioErrorText {
  if (!finding) return withoutText;
  const known = explanations[finding];
  if (known)
    return { ...known, title: fr.messages.findings[finding] ?? fr.messages.reasons[finding] ?? finding };
  const { title, what, todo } = withText;
  return { title, what: what(finding), mover: "admin", todo, cure: "retry" };
}
