// The SDK's client. TWILIO_API_BASE_URL sends every call to another origin with its path unchanged: the simulator.
import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient.js";
import type { Env } from "#server/env.ts";

export type TwilioSettings = Pick<
  Env,
  "twilioAccountSid" | "twilioAuthToken" | "twilioApiBaseUrl" | "twilioTimeoutMs" | "sendIntervalMs"
>;

/** The SDK's own point of extension: a request client that goes to another origin. */
class RedirectingClient extends twilio.RequestClient {
  readonly #origin: string;

  constructor(origin: string, options: RequestClient.RequestClientOptions) {
    super(options);
    this.#origin = origin;
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>) {
    const url = new URL(options.uri);
    return super.request<TData>({ ...options, uri: this.#origin + url.pathname + url.search });
  }
}

/** A client with our time limit, without the SDK's own retries: only the engine knows what may be sent again. */
export function createTwilioClient(settings: TwilioSettings): twilio.Twilio {
  const options = {
    timeout: settings.twilioTimeoutMs,
    autoRetry: false,
    // A connection that idles between two sandbox sends is often dead at the next; its reset would leave us uncertain.
    keepAlive: settings.sendIntervalMs < 1000,
    maxSockets: 50,
  };
  const httpClient = settings.twilioApiBaseUrl
    ? new RedirectingClient(settings.twilioApiBaseUrl, options)
    : new twilio.RequestClient(options);
  return new twilio.Twilio(settings.twilioAccountSid, settings.twilioAuthToken, { httpClient });
}
