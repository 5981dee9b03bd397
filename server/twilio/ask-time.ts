const twilioOrigin = "https://api.twilio.com";

/**
 * What time it is at Twilio, in milliseconds, by the `Date` header of any answer; it says whole seconds. Throws when there
 * is no answer.
 */
export async function askTwilioTime(apiBaseUrl: string | null, patienceMs: number): Promise<number> {
  const response = await fetch(apiBaseUrl ?? twilioOrigin, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.timeout(patienceMs),
  });
  await response.body?.cancel();
  const time = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(time)) throw new Error("Twilio's answer has no date");
  return time + 500;
}
