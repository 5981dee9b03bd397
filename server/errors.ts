// What people can cause. The code is for programs and for the French text (app/i18n/errors.ts); everything else that is
// thrown is a bug and surfaces as one.
export const appErrorCodes = [
  "auth.invalid_credentials",
  "auth.locked",
  "auth.required",
  "auth.forbidden",
  "api.too_many_requests",
  "api.header_missing",
  "api.read_only",
  "api.session_required",
  "api_token.not_found",
  "api_token.too_many",
  "auth.challenge_expired",
  "auth.wrong_code",
  "two_factor.already_on",
  "two_factor.not_started",
  "contact.not_found",
  "contact.invalid_number",
  "contact.already_exists",
  "contact.managed_by_other",
  "contact.number_of_deleted",
  "contact.already_opted_out",
  "contact.not_opted_out",
  "contact.in_flight",
  "category.not_found",
  "category.name_taken",
  "template.not_found",
  "template.not_configured",
  "template.sync_failed",
  "campaign.not_found",
  "campaign.not_editable",
  "campaign.not_deletable",
  "campaign.not_archivable",
  "campaign.wrong_status",
  "campaign.no_recipients",
  "campaign.variable_invalid",
  "campaign.schedule_past",
  "campaign.already_started",
  "campaign.taken_over",
  "message.not_found",
  "message.not_retryable",
  "message.not_undecided",
  "message.candidate_gone",
  "message.recipient_opted_out",
  "message.not_cancellable",
  "conversation.window_closed",
  "conversation.opted_out",
  "conversation.contact_flagged",
  "media.not_found",
  "quick_reply.not_found",
  "quick_reply.shortcut_taken",
  "unknown_sender.not_found",
  "import.not_found",
  "import.wrong_status",
  "import.empty",
  "import.not_text",
  "import.too_big",
  "import.too_many_lines",
  "import.no_file",
  "sender.not_paused",
  "twilio.unreachable",
  "webhook.not_found",
  "webhook.not_replayable",
  "user.not_found",
  "user.email_taken",
  "user.weak_password",
  "user.long_password",
  "user.common_password",
  "user.reset_link_invalid",
  "user.wrong_password",
  "user.last_super_admin",
] as const;
export type AppErrorCode = (typeof appErrorCodes)[number];

export type AppErrorMeta = Record<string, string | number | boolean | null>;

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  readonly meta: AppErrorMeta;

  constructor(code: AppErrorCode, meta: AppErrorMeta = {}) {
    super(code);
    this.code = code;
    this.meta = meta;
  }
}
