// Calls our webhooks as Twilio does: form-encoded, signed, retried as the address allows, over kept-alive connections.
import { randomUUID } from "node:crypto";
import http from "node:http";
import https from "node:https";
import twilio from "twilio";
import type { Clock } from "./clock.ts";
import { type Connection, parseConnection, type RetryCause } from "./connection-overrides.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Settings } from "./settings.ts";
import type { WebhookLog } from "./state/types.ts";

type WebhookResult = number | "connect" | "timeout" | "reset";

export type WebhookAnswer = {
  result: WebhookResult;
  contentType: string | null;
  body: string;
  attempts: number;
};

type WebhookCall = {
  /** with its fragment, if any */
  address: string;
  fields: Record<string, string>;
  /** the same for every delivery of one event */
  token?: string;
  /** beside the log of every call */
  onAttempt?(attempt: { number: number; url: string; result: WebhookResult }): void;
};

export type WebhookCaller = {
  /** resolves with the last answer; never rejects */
  call(call: WebhookCall): Promise<WebhookAnswer>;
  close(): void;
};

type Answer = Omit<WebhookAnswer, "attempts">;

const answerKept = 500;

export function createWebhookCaller({
  settings,
  scheduler,
  clock,
  log,
}: {
  settings(): Settings;
  scheduler: Scheduler;
  clock: Clock;
  log(call: Omit<WebhookLog, "id">): void;
}): WebhookCaller {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

  return {
    async call({ address, fields, token = randomUUID(), onAttempt }) {
      const { authToken, callbackConcurrency, retryDelayMs, timeScale } = settings();
      agents.http.maxSockets = callbackConcurrency;
      agents.https.maxSockets = callbackConcurrency;
      const connection = parseConnection(address);
      const headers = {
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "user-agent": "TwilioProxy/1.1",
        accept: "*/*",
        "i-twilio-idempotency-token": token,
        "x-twilio-signature": twilio.getExpectedTwilioSignature(authToken, connection.url, fields),
        ...(connection.authorization ? { authorization: connection.authorization } : {}),
      };
      const body = new URLSearchParams(fields).toString();
      const startedAt = Date.now();
      for (let number = 1; ; number++) {
        const [at, since] = [clock.now(), Date.now()];
        const answer = await post(connection, { headers, body, agents });
        log({
          at,
          url: connection.url,
          fields,
          attempt: number,
          result: answer.result,
          answer: answer.body.slice(0, answerKept),
          tookMs: Date.now() - since,
        });
        onAttempt?.({ number, url: connection.url, result: answer.result });
        const cause = retryCause(answer.result);
        const mayRetry = cause !== null && connection.retryOn.has(cause) && number <= connection.retryCount;
        if (!mayRetry || Date.now() - startedAt > connection.totalTimeoutMs)
          return { ...answer, attempts: number };
        await scheduler.wait(retryDelayMs * 2 ** (number - 1) * timeScale);
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function retryCause(result: WebhookResult): RetryCause | null {
  if (result === "connect") return "ct";
  if (result === "timeout" || result === "reset") return "rt";
  if (result >= 500) return "5xx";
  return result >= 400 ? "4xx" : null;
}

type Post = {
  headers: Record<string, string>;
  body: string;
  agents: { http: http.Agent; https: https.Agent };
};

/** One attempt. A kept-alive connection the other side had just closed does not count as one: it is made again. */
function post(connection: Connection, { headers, body, agents }: Post): Promise<Answer> {
  const secure = connection.url.startsWith("https:");
  return new Promise((resolve) => {
    let connected = false;
    let timedOut = false;
    let timer: NodeJS.Timeout | undefined;
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const failed = (result: WebhookResult) => finish({ result, contentType: null, body: "" });
    const request = (secure ? https : http).request(
      connection.url,
      {
        method: "POST",
        agent: secure ? agents.https : agents.http,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", () => failed(timedOut ? "timeout" : "reset"));
        response.on("end", () =>
          finish({
            result: response.statusCode ?? 0,
            contentType: response.headers["content-type"] ?? null,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    const limit = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timedOut = true;
        request.destroy();
      }, ms);
    };
    const onConnected = () => {
      connected = true;
      limit(connection.readTimeoutMs);
    };
    request.on("socket", (socket) => {
      if (!socket.connecting) return onConnected();
      limit(connection.connectTimeoutMs);
      socket.once(secure ? "secureConnect" : "connect", onConnected);
    });
    request.on("error", () => {
      if (timedOut) return failed(connected ? "timeout" : "connect");
      if (connected && request.reusedSocket) return resolve(post(connection, { headers, body, agents }));
      failed(connected ? "reset" : "connect");
    });
    request.end(body);
  });
}
