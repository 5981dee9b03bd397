import type { MessageRow } from "#server/messages/views.ts";

/** Whether an admin has to say which message at Twilio this one is. */
export function isUndecided({ status, reason }: Pick<MessageRow, "status" | "reason">): boolean {
  return status === "uncertain" && reason === "several_candidates";
}
