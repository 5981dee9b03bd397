// Why a message failed, for whoever has to do something about it.
import { fr } from "#app/i18n/fr.ts";
import { ownFailure } from "#app/i18n/own-failures.ts";
import { type TwilioErrorText, twilioError } from "#app/i18n/twilio-errors.ts";

export type Failed = { errorCode: number | null; errorMessage: string | null; reason: string | null };

/**
 * The explanation of a failure: by our own reason (a code beside it is an earlier try's), by Twilio's code, or by what was
 * said without a code. Null for a code we do not know: then Twilio's text and link are shown.
 */
export function failureText({ errorCode, errorMessage, reason }: Failed): TwilioErrorText | null {
  if (reason) return ownFailure(reason);
  return errorCode === null ? ownFailure(errorMessage) : twilioError(errorCode);
}

/** The same in a few words. */
export function failureTitle(failed: Failed): string {
  return failureText(failed)?.title ?? fr.messages.unknownError(String(failed.errorCode));
}
