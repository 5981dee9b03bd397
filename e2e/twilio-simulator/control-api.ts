// The control API under /_sim/: what tests, the demo and the phone page ask of the simulator. Table in README.md.
import { z } from "zod";
import { type Content, contentSchema } from "./contents.ts";
import { clockView, type MessageView, messageView, phoneView, summaryView } from "./control-views.ts";
import { type Fault, faultSchema } from "./faults.ts";
import { boundedInteger } from "./http.ts";
import { type InboundResult, inboundSchema, receiveInbound } from "./inbound.ts";
import { type Settings, settingsPatchSchema } from "./settings.ts";
import { phoneAddress, type Simulator } from "./simulator.ts";
import type { MessageRecord, Phone, RequestLog } from "./state/types.ts";

export type ControlRequest = { method: string; path: string; query: URLSearchParams; body: string };
export type ControlAnswer = { status: number; json: unknown };

type Control = {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  path: RegExp;
  handle(simulator: Simulator, request: { query: URLSearchParams; input: unknown; id: string }): unknown;
};

/** A mistake of the caller, answered with this status. */
class ControlError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const phoneOnly = z.strictObject({ phone: z.string().min(1) });
const phonePatch = z.strictObject({
  reads: z.boolean().nullable().optional(),
  profileName: z.string().optional(),
});
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
  control("PATCH", "phones/(?<id>[^/]+)", (simulator, { id, input }) => {
    const phone = findPhone(simulator, id);
    const { reads, profileName } = phonePatch.parse(input);
    if (reads !== undefined) phone.reads = reads;
    if (profileName !== undefined) phone.profileName = profileName;
    return phoneView(simulator, phone);
  }),
  control("POST", "join", (simulator, { input }): Promise<InboundResult> => {
    const { phone, code } = phoneOnly.extend({ code: z.string().optional() }).parse(input);
    return say(simulator, phone, `join ${code ?? simulator.settings().joinCode}`);
  }),
  control(
    "POST",
    "stop",
    (simulator, { input }): Promise<InboundResult> => say(simulator, phoneOnly.parse(input).phone, "stop"),
  ),
  control(
    "POST",
    "inbound",
    (simulator, { input }): Promise<InboundResult> => receiveInbound(simulator, inboundSchema.parse(input)),
  ),
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

/** The phone reads what was delivered to it, or one message. */
async function readMessages(simulator: Simulator, { input }: { input: unknown }): Promise<{ read: number }> {
  const { phone, sid } = phoneOnly.extend({ sid: z.string().optional() }).parse(input);
  const unread = simulator.store.messages
    .candidates({ to: `whatsapp:${phoneAddress(phone)}` })
    .filter((message) => message.status === "delivered" && (sid === undefined || message.sid === sid));
  await Promise.all(unread.map((message) => simulator.lifecycle.setStatus(message, "read", null)));
  return { read: unread.length };
}

function say(simulator: Simulator, phone: string, text: string): Promise<InboundResult> {
  return receiveInbound(simulator, inboundSchema.parse({ phone, text }));
}

const timeout = (query: URLSearchParams) =>
  boundedInteger(query.get("timeoutMs"), 30_000, { min: 0, max: 600_000 });

function settled({ scheduler }: Simulator) {
  return (done: boolean) => {
    if (!done) throw new ControlError(504, `${scheduler.pending()} callbacks still pending`);
    return {};
  };
}

function findPhone(simulator: Simulator, id: string): Phone {
  return simulator.phone(phoneAddress(id));
}

function findMessage({ store }: Simulator, sid: string): MessageRecord {
  const message = store.messages.find(sid);
  if (!message) throw new ControlError(404, `no message ${sid}`);
  return message;
}
