// Twilio's error codes as the simulator answers them: at once with an HTTP status, or later as ErrorCode of a callback.

export type TwilioErrorBody = {
  code: number;
  message: string;
  more_info: string;
  status: number;
};

const catalogue: Record<number, { status: number; message: string }> = {
  20001: { status: 400, message: "Invalid parameter" },
  20003: { status: 401, message: "Authenticate" },
  20004: { status: 405, message: "Method not allowed" },
  20404: { status: 404, message: "The requested resource was not found" },
  20429: { status: 429, message: "Too Many Requests" },
  20500: { status: 500, message: "An internal server error has occurred" },
  20503: { status: 503, message: "Service unavailable" },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21408: { status: 400, message: "Permission to send an SMS has not been enabled for the region" },
  21603: { status: 400, message: "A 'From' phone number is required" },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21608: {
    status: 400,
    message: "The number is unverified. Trial accounts may only send to verified numbers.",
  },
  21609: { status: 400, message: "The StatusCallback URL is not a valid URL." },
  21610: { status: 400, message: "Attempt to send to unsubscribed recipient" },
  21611: { status: 400, message: "This 'From' number has exceeded the maximum number of queued messages" },
  21617: { status: 400, message: "The concatenated message body exceeds the 1600 character limit" },
  21619: { status: 400, message: "A text message body or media urls must be specified." },
  21654: { status: 400, message: "ContentSid Required" },
  21655: { status: 400, message: "The ContentSid is Invalid" },
  21656: { status: 400, message: "The Content Variables parameter is invalid." },
  21658: { status: 400, message: "The parameter exceeds the character limit" },
  21910: {
    status: 400,
    message: "Invalid From and To pair. From and To should be of the same channel",
  },
  30008: { status: 400, message: "Unknown error" },
  63003: { status: 400, message: "Channel could not find To address" },
  63005: {
    status: 400,
    message: "Channel did not accept given content. Please refer to the Channel specific documentation",
  },
  63007: { status: 400, message: "Twilio could not find a Channel with the specified From address" },
  63012: { status: 400, message: "Channel provider returned an internal service error" },
  63013: { status: 400, message: "Channel policy violation" },
  63014: { status: 400, message: "Channel message blocked by user action" },
  63015: {
    status: 400,
    message: "Channel Sandbox can only send messages to phone numbers that have joined the Sandbox",
  },
  63016: {
    status: 400,
    message:
      "Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.",
  },
  63018: { status: 400, message: "Rate limit exceeded for Channel" },
  63021: { status: 400, message: "Channel invalid content error" },
  63024: { status: 400, message: "Invalid message recipient" },
  63031: { status: 400, message: "Channel message cannot have same From and To" },
  63032: { status: 400, message: "Cannot send to this user because of a WhatsApp limitation" },
  63038: { status: 429, message: "Account exceeded the daily messages limit" },
  63040: { status: 400, message: "Template rejected" },
  63041: { status: 400, message: "Template paused" },
  63042: { status: 400, message: "Template disabled" },
  63049: { status: 400, message: "Meta chose not to deliver this WhatsApp marketing message" },
  63112: { status: 400, message: "Meta or the WhatsApp Business Account has been disabled" },
  92002: { status: 400, message: "Too many content variables" },
};

const codeOfStatus: Record<number, number> = {
  400: 20001,
  401: 20003,
  404: 20404,
  405: 20004,
  429: 20429,
  500: 20500,
  503: 20503,
};

/** The text Twilio gives for a code. */
export function errorText(code: number): string {
  return catalogue[code]?.message ?? "Unknown error";
}

/** The body of a refusal, in Twilio's shape. `status` and `message` replace the usual ones of the code. */
export function twilioError(
  code: number,
  given: { status?: number; message?: string } = {},
): TwilioErrorBody {
  return {
    code,
    message: given.message ?? errorText(code),
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status: given.status ?? catalogue[code]?.status ?? 400,
  };
}

/** The code Twilio gives with a bare HTTP status. */
export function codeForStatus(status: number): number {
  return codeOfStatus[status] ?? 20500;
}
