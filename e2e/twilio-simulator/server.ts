// The HTTP server of the simulator: Twilio's API, and the control API beside it.
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi } from "./api.ts";
import { answerControl } from "./control-api.ts";
import { twilioError } from "./errors.ts";
import { readBody, sendJson } from "./http.ts";
import { isMediaPath, sendMedia } from "./media-api.ts";
import type { SettingsPatch } from "./settings.ts";
import { createSimulator, type Simulator } from "./simulator.ts";

export type SimulatorOptions = SettingsPatch & {
  /** default 0: any free one */
  port?: number;
  /** default 127.0.0.1: the control API knows no password */
  host?: string;
};

export type RunningSimulator = {
  url: string;
  state: Simulator;
  /** forgets the callbacks to come and closes every connection */
  close(): Promise<void>;
};

/** Starts a simulated Twilio; resolves once it listens, rejects when it cannot. */
export async function startSimulator({
  port = 0,
  host = "127.0.0.1",
  ...settings
}: SimulatorOptions = {}): Promise<RunningSimulator> {
  const simulator = createSimulator(settings);
  const server = http.createServer((incoming, response) => {
    answer(simulator, incoming, response).catch((error: unknown) => {
      console.error("twilio-simulator:", error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: "the simulator failed, see its log" });
    });
  });
  // Longer than any pause of a sender: an idle connection closed here would look like an accident of the network.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: actualPort } = server.address() as AddressInfo;

  return {
    url: `http://${host}:${actualPort}`,
    state: simulator,
    close() {
      simulator.scheduler.clear();
      simulator.webhooks.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  simulator: Simulator,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const origin = `http://${incoming.headers.host ?? "127.0.0.1"}`;
  const target = incoming.url ?? "/";
  const body = await readBody(incoming).catch(() => undefined);
  if (body === undefined) return;
  if (!URL.canParse(target, origin)) return sendJson(response, 400, twilioError(20001));
  const url = new URL(target, origin);
  const method = incoming.method ?? "GET";
  if (body === null) return sendJson(response, 413, twilioError(20001, { status: 413 }));

  if (url.pathname === "/") return sendJson(response, 404, twilioError(20404));
  if (isMediaPath(url.pathname)) return sendMedia(response);
  if (!url.pathname.startsWith("/_sim/")) {
    const request = {
      method,
      path: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(method === "POST" ? body : ""),
      origin,
    };
    return answerApi(simulator, request, { incoming, response });
  }
  // JSON only: a form of some web page in the user's browser cannot reach the control API.
  const isJson = incoming.headers["content-type"]?.startsWith("application/json") ?? false;
  if (method !== "GET" && !isJson)
    return sendJson(response, 415, { error: "send content-type: application/json" });
  const { status, json } = await answerControl(simulator, {
    method,
    path: url.pathname,
    query: url.searchParams,
    body,
  });
  sendJson(response, status, json);
}
