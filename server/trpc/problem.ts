// What a caller is told when a procedure refuses: a code or the faulty fields. Never a stack, never a text of our own.
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { isConnectionFailure } from "#db/errors.ts";
import { AppError, type AppErrorCode, type AppErrorMeta } from "#server/errors.ts";

export type Problem = {
  /** set: the user caused it, and app/i18n has the French for it */
  code: AppErrorCode | null;
  meta: AppErrorMeta;
  /** field → key of what is wrong with it; nested fields by their dotted path */
  fields: Record<string, string>;
};

/** What a person can do something about in an error of a procedure, or null when it is none of theirs. */
export function problemOf(error: unknown): Problem | null {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (cause instanceof AppError) return { code: cause.code, meta: cause.meta, fields: {} };
  if (cause instanceof ZodError && error instanceof TRPCError && error.code === "BAD_REQUEST") {
    return { code: null, meta: {}, fields: fieldsOf(cause) };
  }
  return null;
}

/** The first problem of each field; what concerns no field is under the empty name. */
function fieldsOf(error: ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    fields[field] ??= issue.message;
  }
  return fields;
}

const exactCodes: Partial<Record<AppErrorCode, TRPCError["code"]>> = {
  "auth.required": "UNAUTHORIZED",
  "auth.invalid_credentials": "UNAUTHORIZED",
  "auth.forbidden": "FORBIDDEN",
  "auth.locked": "TOO_MANY_REQUESTS",
  "api.too_many_requests": "TOO_MANY_REQUESTS",
  "api.header_missing": "FORBIDDEN",
  "api.read_only": "FORBIDDEN",
  "api.session_required": "FORBIDDEN",
  "api_token.too_many": "CONFLICT",
  "two_factor.already_on": "CONFLICT",
  "two_factor.not_started": "CONFLICT",
  "contact.already_exists": "CONFLICT",
  "contact.managed_by_other": "CONFLICT",
  "contact.number_of_deleted": "CONFLICT",
  "category.name_taken": "CONFLICT",
  "campaign.not_editable": "CONFLICT",
  "campaign.not_deletable": "CONFLICT",
  "campaign.not_archivable": "CONFLICT",
  "campaign.wrong_status": "CONFLICT",
  "contact.already_opted_out": "CONFLICT",
  "contact.not_opted_out": "CONFLICT",
  "contact.in_flight": "CONFLICT",
  "message.not_retryable": "CONFLICT",
  "message.not_cancellable": "CONFLICT",
  "conversation.window_closed": "CONFLICT",
  "conversation.opted_out": "CONFLICT",
  "conversation.contact_flagged": "CONFLICT",
  "quick_reply.shortcut_taken": "CONFLICT",
  "message.not_undecided": "CONFLICT",
  "message.candidate_gone": "CONFLICT",
  "import.wrong_status": "CONFLICT",
  "import.too_big": "PAYLOAD_TOO_LARGE",
  "sender.not_paused": "CONFLICT",
  "user.email_taken": "CONFLICT",
  "user.last_super_admin": "CONFLICT",
  "template.sync_failed": "BAD_GATEWAY",
  "twilio.unreachable": "BAD_GATEWAY",
};

/** An error of ours outside any procedure, as one of them would tell it. */
export function refusal(error: AppError): TRPCError {
  return toTrpcError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error }));
}

/** The error as it leaves a procedure: what a user caused keeps its code, all the rest is alike to them. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error;
  if (cause instanceof AppError) {
    const code = exactCodes[cause.code] ?? (cause.code.endsWith(".not_found") ? "NOT_FOUND" : "BAD_REQUEST");
    return new TRPCError({ code, message: cause.code, cause });
  }
  if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  if (isConnectionFailure(cause))
    return new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "unavailable" });
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "internal" });
}
