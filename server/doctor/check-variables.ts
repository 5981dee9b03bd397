import type { DoctorContext } from "#server/doctor/context.ts";
import { type Finding, green, red, unknown } from "#server/doctor/views.ts";

/** Nothing refuses to start without these, but something of the dashboard stays empty. */
const useful = [
  ["TWILIO_SANDBOX_JOIN_CODE", "twilioSandboxJoinCode"],
  ["TWILIO_DEFAULT_CONTENT_SID", "defaultContentSid"],
] as const;

/** Every variable that is missing or wrong, with what is expected (criterion 1.2); a wrong value is never repeated. */
export async function checkVariables({ settings, problems }: DoctorContext): Promise<Finding> {
  if (problems.length > 0) {
    const list = problems.map(({ variable, problem }) => `${variable} : ${problem}`).join("\n");
    return red("problems", { count: problems.length, list });
  }
  const missing = useful.filter(([, key]) => settings[key] === null).map(([name]) => name);
  return missing.length > 0 ? unknown("useful_missing", { list: missing.join(", ") }) : green();
}
