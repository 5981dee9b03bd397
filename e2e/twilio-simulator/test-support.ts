// What the simulator's own tests share: a running simulator, the official SDK pointed at it, a webhook that checks signatures.
import http from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";
import { onTestFinished } from "vitest";
import { simulatorClient } from "./client.ts";
import { readBody } from "./http.ts";
import { type SimulatorOptions, startSimulator } from "./server.ts";

export const accountSid = `AC${"a1".repeat(16)}`;
const authToken = "a-token-for-tests";
export const sandbox = "whatsapp:+14155238886";
export const ana = "+33612345678";
export const bob = "+33687654321";
export const hour = 3_600_000;

/** A simulator for one test, without a rate limit unless asked for. */
export async function simulate(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ accountSid, authToken, minIntervalMs: 0, ...options });
  onTestFinished(simulator.close);
  return { url: simulator.url, sim: simulatorClient(simulator.url), api: sdk(simulator.url) };
}

/** The official SDK; every Twilio host becomes `origin`. */
export function sdk(origin: string, { token = authToken, timeout = 5000 } = {}) {
  const httpClient = new twilio.RequestClient({ timeout, autoRetry: false });
  const request = httpClient.request.bind(httpClient);
  httpClient.request = (options) => {
    const { pathname, search } = new URL(options.uri);
    return request({ ...options, uri: origin + pathname + search });
  };
  return twilio(accountSid, token, { httpClient });
}

type ReceivedWebhook = {
  url: string;
  fields: Record<string, string>;
  signed: boolean;
  token: string | undefined;
  headers: http.IncomingHttpHeaders;
};

export type Webhook = {
  url: string;
  received: ReceivedWebhook[];
  /** the MessageStatus of each callback, in the order of arrival */
  statuses(): string[];
};

/** A webhook of ours; `answer` gives the status of the nth request (from 1), or cuts the connection with null. */
export async function listenForWebhooks(
  answer: (nth: number) => number | null | Promise<number> = () => 200,
): Promise<Webhook> {
  const received: ReceivedWebhook[] = [];
  const server = http.createServer(async (request, response) => {
    const body = (await readBody(request)) ?? "";
    const fields = Object.fromEntries(new URLSearchParams(body));
    const url = `${origin}${request.url}`;
    const signature = String(request.headers["x-twilio-signature"]);
    received.push({
      url,
      fields,
      signed: twilio.validateRequest(authToken, signature, url, fields),
      token: request.headers["i-twilio-idempotency-token"]?.toString(),
      headers: request.headers,
    });
    const status = await answer(received.length);
    if (status === null) request.socket.destroy();
    else response.writeHead(status, { "content-type": "text/xml" }).end("<Response/>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `${origin}/api/webhooks/twilio`,
    received,
    statuses: () => received.map(({ fields }) => fields.MessageStatus ?? "none"),
  };
}

/** What a promise was rejected with. */
export async function rejection(work: Promise<unknown>): Promise<Record<string, unknown>> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome === null) throw new Error("nothing was refused");
  return outcome as Record<string, unknown>;
}
