// Every word by which the server says why something stopped or failed, where Twilio gave no code. Each has a French text
// (app/i18n), which the compiler asks for.

/** What the network says when no connection to Twilio was made: nothing was written to the wire. */
export const unreachableReasons = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
] as const;
export type UnreachableReason = (typeof unreachableReasons)[number];

/** Our own findings about an attempt, kept where Twilio's text would be. */
export const attemptFindings = [
  /** the looks at Twilio found no message of this attempt */
  "absent_at_twilio",
  "worker_died",
  /** the worker lives and never heard that it had claimed this message */
  "claim_not_heard_of",
  /** an answer of 201 that names no message */
  "no_sid",
] as const;
export type AttemptFinding = (typeof attemptFindings)[number];

/** Why a message is skipped or failed at the last moment before its request (`relance.claim_message`). */
export const claimRefusals = ["contact_deleted", "contact_flagged", "opted_out", "window_closed"] as const;
export type ClaimRefusal = (typeof claimRefusals)[number];

/** Why a sender is paused. */
export type SenderPauseReason = "account" | "sender_not_found" | "twilio_unreachable";

/** Why a campaign stopped by itself; one that could not start carries the code of its AppError instead. */
export type CampaignStopReason = "failures_in_a_row" | "all_refused" | "taken_over";
