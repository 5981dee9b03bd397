// Twilio's error codes as data: what the engine does about each. What a person reads is in app/i18n/twilio-errors.ts.
// Twilio asks not to hard-wire logic to codes, so an unknown one has a safe default: final, with Twilio's own text.

/**
 * - retryable: surely not sent, may work later (60/120/240 s)
 * - recipient: final for this recipient, says nothing about the others
 * - content:   final; the template, its variables or our request is wrong, and will be for the others too
 * - channel:   63007, the sender is not found: final, three in a row pause the sender
 * - account:   nobody can be sent to: the message waits, the sender pauses
 */
export type ErrorClass = "retryable" | "recipient" | "content" | "channel" | "account";

type CatalogueEntry = {
  class: ErrorClass;
  /** the contact is not in the sandbox (any more) */
  leftSandbox?: true;
  /** the contact does not want messages from us */
  optedOut?: true;
  /** how long the sender pauses, in hours; without it, until an admin resumes */
  pauseHours?: number;
};

export const errorCatalogue: Readonly<Record<number, CatalogueEntry>> = {
  20003: { class: "account" }, // wrong SID or token, suspended account, not for trial accounts
  20404: { class: "account" }, // wrong account SID
  20429: { class: "retryable" }, // too many concurrent requests; not processed
  21211: { class: "recipient" }, // invalid To
  21408: { class: "recipient" }, // region not enabled
  21602: { class: "content" }, // body required
  21603: { class: "content" }, // From required
  21606: { class: "channel" }, // From not usable for this To
  21608: { class: "recipient" }, // trial account, number not verified
  21609: { class: "content" }, // StatusCallback malformed
  21610: { class: "recipient", optedOut: true },
  21611: { class: "retryable" }, // sender's queue is full
  21614: { class: "recipient" }, // not a mobile number
  21617: { class: "content" }, // body over 1,600 characters
  21619: { class: "content" }, // content required
  21654: { class: "account" }, // ContentSid required: a trial account refuses free text
  21655: { class: "content" }, // ContentSid invalid
  21656: { class: "content" }, // ContentVariables invalid
  21658: { class: "content" }, // parameter too long
  21701: { class: "account" }, // messaging service missing
  21703: { class: "account" }, // messaging service without sender
  21704: { class: "account" },
  21910: { class: "content" }, // From and To not of one channel
  30001: { class: "retryable" }, // queue overflow
  30003: { class: "recipient" }, // unreachable handset
  30005: { class: "recipient" }, // unknown handset
  30008: { class: "recipient" }, // unknown error at the carrier
  30036: { class: "recipient" }, // validity period expired
  63001: { class: "account" }, // channel could not authenticate
  63002: { class: "channel" }, // channel could not find From
  63003: { class: "recipient" }, // not on WhatsApp
  63005: { class: "content" }, // content not accepted
  63007: { class: "channel" }, // no channel with this From
  63009: { class: "retryable" }, // channel provider error
  63010: { class: "retryable" }, // channel internal error
  63012: { class: "retryable" }, // channel provider internal error
  63013: { class: "content" }, // policy violation: empty variable, newline …
  63014: { class: "recipient", optedOut: true }, // blocked by the user
  63015: { class: "recipient", leftSandbox: true }, // not in the sandbox
  63016: { class: "recipient" }, // outside the 24 h window
  63017: { class: "retryable" }, // account rate
  63018: { class: "retryable" }, // channel rate
  63019: { class: "content" }, // media not reachable
  63020: { class: "account" }, // Meta invitation not accepted
  63021: { class: "content" }, // rendered template over 1,024 characters
  63024: { class: "recipient" }, // invalid recipient
  63027: { class: "content" }, // template missing for the language
  63028: { class: "content" }, // parameter count mismatch
  63030: { class: "content" }, // unsupported parameter
  63031: { class: "recipient" }, // same From and To
  63032: { class: "recipient" }, // Meta's experiment group
  63033: { class: "recipient" }, // marketing opt-out
  63038: { class: "account", pauseHours: 24 }, // daily limit
  63040: { class: "content" }, // template rejected
  63041: { class: "content" }, // template paused
  63042: { class: "content" }, // template disabled
  63049: { class: "recipient" }, // Meta chose not to deliver
  63051: { class: "account" }, // sender locked
  63062: { class: "account" }, // Meta's terms not accepted
  63112: { class: "account" }, // WhatsApp business account disabled
  92002: { class: "content" },
  92005: { class: "content" },
  92007: { class: "content" },
};

/** The codes that say that the sender is not found. */
export const channelCodes: readonly number[] = Object.entries(errorCatalogue).flatMap(([code, entry]) =>
  entry.class === "channel" ? [Number(code)] : [],
);

/** What to do about a code; one we do not know is final and counts against the campaign. */
export function catalogueEntry(code: number | null): CatalogueEntry {
  return (code !== null && errorCatalogue[code]) || { class: "content" };
}
