import { fr } from "#app/i18n/fr.ts";
import { twilioError } from "#app/i18n/twilio-errors.ts";

type Failed = { errorCode: number | null; errorMessage: string | null };

/** A failure in a few words: by Twilio's code, or, where Twilio gave none, by our own finding. */
export function failureTitle({ errorCode, errorMessage }: Failed): string {
  if (errorCode !== null) {
    return twilioError(errorCode)?.title ?? fr.messages.unknownError(String(errorCode));
  }
  return fr.messages.ourErrors[errorMessage ?? ""] ?? fr.messages.unreachable;
}
