// The control API under /_sim/: what tests, the demo and the phone page ask of the simulator. Table in README.md.
import { z } from "zod";
import { type Content, contentSchema } from "./contents.ts";
import { ControlError } from "./control-error.ts";
import { clockView, type MessageView, messageView, phoneView, summaryView } from "./control-views.ts";
import { type Fault, faultSchema } from "./faults.ts";
import { boundedInteger } from "./http.ts";
import { type Overview, overviewOf } from "./overview.ts";
import {
  changePhone,
  findPhone,
  joinSandbox,
  leaveSandbox,
  readMessages,
  writeMessage,
} from "./phone-controls.ts";
import { type Settings, settingsPatchSchema } from "./settings.ts";
import { phoneAddress, type Simulator } from "./simulator.ts";
import type { MessageRecord, RequestLog, WebhookLog } from "./state/types.ts";

export type ControlRequest = { method: string; path: string; query: URLSearchParams; body: string };
export type ControlAnswer = { status: number; json: unknown };

type Control = {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  path: RegExp;
  handle(simulator: Simulator, request: { query: URLSearchParams; input: unknown; id: string }): unknown;
};

const statusInput = z.strictObject({
  status: z.enum(["queued", "sent", "delivered", "read", "undelivered", "failed"]),
  errorCode: z.number().int().nullable().default(null),
});

const controls: Control[] = [
  control("POST", "reset", (simulator) => {
    simulator.reset();
    return {};
  }),
  control("GET", "settings", (simulator) => simulator.settings()),
  control(
    "PATCH",
    "settings",
    (simulator, { input }): Settings => simulator.configure(settingsPatchSchema.parse(input)),
  ),
  control("GET", "clock", clockView),
  control("POST", "advance", (simulator, { input }) => {
    simulator.clock.advance(z.strictObject({ ms: z.number().min(0) }).parse(input).ms);
    return clockView(simulator);
  }),
  control("GET", "phones", (simulator) =>
    simulator.store.phones().map((phone) => phoneView(simulator, phone)),
  ),
  control("GET", "phones/(?<id>[^/]+)", (simulator, { id }) =>
    phoneView(simulator, findPhone(simulator, id)),
  ),
  control("PATCH", "phones/(?<id>[^/]+)", changePhone),
  control("POST", "join", joinSandbox),
  control("POST", "stop", leaveSandbox),
  control("POST", "inbound", writeMessage),
  control("POST", "read", readMessages),
  control("GET", "messages", listMessages),
  control("POST", "messages/(?<id>[^/]+)/status", async (simulator, { id, input }) => {
    const message = findMessage(simulator, id);
    const { status, errorCode } = statusInput.parse(input);
    await simulator.lifecycle.setStatus(message, status, errorCode);
    return messageView(message);
  }),
  control("GET", "contents", (simulator): Content[] => [...simulator.store.contents.values()]),
  control("PUT", "contents", (simulator, { input }): Content => {
    const content = contentSchema.parse(input);
    simulator.store.contents.set(content.sid, content);
    return content;
  }),
  control("DELETE", "contents/(?<id>[^/]+)", (simulator, { id }) => {
    if (!simulator.store.contents.delete(id)) throw new ControlError(404, `no content ${id}`);
    return {};
  }),
  control("GET", "faults", (simulator): Fault[] => simulator.faults.list()),
  control("POST", "faults", (simulator, { input }): Fault => simulator.faults.add(faultSchema.parse(input))),
  control("DELETE", "faults", (simulator) => {
    simulator.faults.clear();
    return {};
  }),
  control("DELETE", "faults/(?<id>[^/]+)", (simulator, { id }) => {
    if (!simulator.faults.remove(id)) throw new ControlError(404, `no fault ${id}`);
    return {};
  }),
  control(
    "GET",
    "overview",
    (simulator, { query }): Overview =>
      overviewOf(simulator, { phone: query.get("phone"), search: query.get("search") ?? "" }),
  ),
  control("GET", "webhooks", (simulator): WebhookLog[] => simulator.store.webhooks()),
  control("GET", "requests", (simulator): RequestLog[] => simulator.store.requests()),
  control("GET", "summary", summaryView),
  control("POST", "flush", (simulator, { query }) =>
    simulator.scheduler.flush(timeout(query)).then(settled(simulator)),
  ),
  control("GET", "idle", (simulator, { query }) =>
    simulator.scheduler.idle(timeout(query)).then(settled(simulator)),
  ),
];

function control(method: Control["method"], path: string, handle: Control["handle"]): Control {
  return { method, path: new RegExp(`^/_sim/${path}$`), handle };
}

/** Answers one request of the control API. */
export async function answerControl(simulator: Simulator, request: ControlRequest): Promise<ControlAnswer> {
  const candidates = controls.filter(({ path }) => path.test(request.path));
  const found = candidates.find(({ method }) => method === request.method);
  if (!found) {
    const error = candidates.length > 0 ? "method not allowed" : `nothing at ${request.path}, see README.md`;
    return { status: candidates.length > 0 ? 405 : 404, json: { error } };
  }
  try {
    const input: unknown = request.body === "" ? {} : JSON.parse(request.body);
    const id = decodeURIComponent(found.path.exec(request.path)?.groups?.id ?? "");
    return { status: 200, json: (await found.handle(simulator, { query: request.query, input, id })) ?? {} };
  } catch (error) {
    if (error instanceof ControlError) return { status: error.status, json: { error: error.message } };
    if (error instanceof z.ZodError) return { status: 400, json: { error: z.prettifyError(error) } };
    if (error instanceof SyntaxError || error instanceof URIError)
      return { status: 400, json: { error: error.message } };
    throw error;
  }
}

function listMessages({ store }: Simulator, { query }: { query: URLSearchParams }): MessageView[] {
  const address = (name: string) => {
    const text = query.get(name);
    return text === null ? null : `whatsapp:${phoneAddress(text)}`;
  };
  const [to, from] = [address("to"), address("from")];
  const wanted = (name: keyof MessageRecord, message: MessageRecord) => {
    const value = query.get(name);
    return value === null || message[name] === value;
  };
  const found = store.messages
    .candidates({ to, from })
    .filter(
      (message) =>
        (to === null || message.to === to) &&
        (from === null || message.from === from) &&
        (["direction", "status", "contentSid", "sid"] as const).every((name) => wanted(name, message)),
    );
  const limit = boundedInteger(query.get("limit"), found.length, { min: 0, max: found.length });
  return found.slice(found.length - limit).map(messageView);
}

const timeout = (query: URLSearchParams) =>
  boundedInteger(query.get("timeoutMs"), 30_000, { min: 0, max: 600_000 });

function settled({ scheduler }: Simulator) {
  return (done: boolean) => {
    if (!done) throw new ControlError(504, `${scheduler.pending()} callbacks still pending`);
    return {};
  };
}

function findMessage({ store }: Simulator, sid: string): MessageRecord {
  const message = store.messages.find(sid);
  if (!message) throw new ControlError(404, `no message ${sid}`);
  return message;
}
