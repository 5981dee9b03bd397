import { fr } from "#app/i18n/fr.ts";

type Sandbox = { numberText: string; joinCode: string | null; joinUrl: string | null };

/** Opens WhatsApp with an invitation to the sandbox, written to this number (E.164); null where there is no join code. */
export function inviteUrl(number: string, { numberText, joinCode, joinUrl }: Sandbox): string | null {
  const digits = number.replace(/\D/g, "");
  if (joinCode === null || joinUrl === null || digits === "") return null;
  const text = fr.sandbox.invitation(fr.sandbox.joinMessage(joinCode), numberText, joinUrl);
  return `https://wa.me/${digits}?text=${encodeURIComponent(text)}`;
}
