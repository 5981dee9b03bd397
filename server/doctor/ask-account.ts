import type { DoctorContext } from "#server/doctor/context.ts";
import { GatewayError } from "#server/twilio/gateway.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";

export type AccountAnswer =
  | { kind: "account"; type: string; status: string; name: string; token: "current" | "previous" }
  | { kind: "rejected" }
  | { kind: "unreachable"; reason: string }
  | { kind: "needs_variables"; list: string };

/** Asks Twilio for the account with the configured credentials, then, if it refuses them, with the previous token. */
export async function askAccount({ settings, patienceMs }: DoctorContext): Promise<AccountAnswer> {
  const { twilioAccountSid, twilioAuthToken, twilioAuthTokenPrevious, twilioApiBaseUrl } = settings;
  if (!twilioAccountSid || !twilioAuthToken)
    return { kind: "needs_variables", list: "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN" };
  const askWith = async (token: "current" | "previous", secret: string): Promise<AccountAnswer> => {
    const gateway = createTwilioGateway({
      twilioAccountSid,
      twilioAuthToken: secret,
      twilioApiBaseUrl,
      twilioTimeoutMs: patienceMs / 2,
      sendIntervalMs: 3000,
      webhookBaseUrl: "",
    });
    try {
      return { kind: "account", token, ...(await gateway.fetchAccount()) };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const { httpStatus, message } = error;
      const isRefusal = httpStatus === 401 || httpStatus === 403 || httpStatus === 404;
      return isRefusal ? { kind: "rejected" } : { kind: "unreachable", reason: message };
    }
  };
  const answer = await askWith("current", twilioAuthToken);
  if (answer.kind !== "rejected" || !twilioAuthTokenPrevious) return answer;
  const second = await askWith("previous", twilioAuthTokenPrevious);
  return second.kind === "account" ? second : answer;
}
