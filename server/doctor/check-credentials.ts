import type { AccountAnswer } from "#server/doctor/ask-account.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";

/** Whether Twilio takes the account and its token (criterion 12.1), and the account is active. */
export function checkCredentials(answer: AccountAnswer): Finding {
  switch (answer.kind) {
    case "needs_variables":
      return unknown("needs_variables", { list: answer.list });
    case "unreachable":
      return unknown("unreachable", { reason: answer.reason });
    case "rejected":
      return red("rejected");
    case "account":
      if (answer.token === "previous") return red("only_previous");
      return answer.status === "active"
        ? green("ok", { name: answer.name })
        : red("inactive", { status: answer.status });
  }
}
