// What tests say to a running simulator. Every function rejects with the simulator's own words when it refuses.

import type { Content, ContentInput } from "./contents.ts";
import type { ClockView, MessageFilter, MessageView, PhoneView, Summary } from "./control-views.ts";
import type { Fault, FaultInput } from "./faults.ts";
import type { InboundInput, InboundResult } from "./inbound.ts";
import type { Overview } from "./overview.ts";
import type { Settings, SettingsPatch } from "./settings.ts";
import type { MessageRecord, RequestLog, WebhookLog } from "./state/types.ts";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** A client of the control API at `url`, the simulator's origin. */
export function simulatorClient(url: string) {
  async function call<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url.replace(/\/$/, "")}/_sim/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const json = (await response.json()) as Answer & { error?: string };
    if (!response.ok) throw new Error(`simulator: ${method} ${path}: ${json.error ?? response.status}`);
    return json;
  }
  const withQuery = (path: string, query: object) =>
    `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`;

  return {
    /** back to the state after the start */
    reset: () => call<object>("POST", "reset"),
    settings: (patch?: SettingsPatch) =>
      patch ? call<Settings>("PATCH", "settings", patch) : call<Settings>("GET", "settings"),
    clock: () => call<ClockView>("GET", "clock"),
    advance: (ms: number) => call<ClockView>("POST", "advance", { ms }),

    phones: () => call<PhoneView[]>("GET", "phones"),
    phone: (phone: string) => call<PhoneView>("GET", `phones/${encodeURIComponent(phone)}`),
    updatePhone: (phone: string, patch: { reads?: boolean | null; profileName?: string; online?: boolean }) =>
      call<PhoneView>("PATCH", `phones/${encodeURIComponent(phone)}`, patch),
    /** the phone sends `join <code>`, the sandbox's own unless another is given */
    join: (phone: string, code?: string) => call<InboundResult>("POST", "join", { phone, code }),
    stop: (phone: string) => call<InboundResult>("POST", "stop", { phone }),
    inbound: (input: InboundInput) => call<InboundResult>("POST", "inbound", input),
    /** the phone reads what was delivered to it */
    read: (phone: string, sid?: string) => call<{ read: number }>("POST", "read", { phone, sid }),

    /** oldest first */
    messages: (filter: MessageFilter = {}) => call<MessageView[]>("GET", withQuery("messages", filter)),
    setStatus: (sid: string, status: MessageRecord["status"], errorCode?: number) =>
      call<MessageView>("POST", `messages/${sid}/status`, { status, errorCode }),
    summary: () => call<Summary>("GET", "summary"),
    requests: () => call<RequestLog[]>("GET", "requests"),
    webhooks: () => call<WebhookLog[]>("GET", "webhooks"),
    /** what the phone page shows: of this phone, or of the first one found */
    overview: (phone: string | null, search = "") =>
      call<Overview>("GET", withQuery("overview", { search, ...(phone === null ? {} : { phone }) })),

    contents: () => call<Content[]>("GET", "contents"),
    putContent: (content: ContentInput) => call<Content>("PUT", "contents", content),
    removeContent: (sid: string) => call<object>("DELETE", `contents/${sid}`),

    fault: (fault: FaultInput) => call<Fault>("POST", "faults", fault),
    faults: () => call<Fault[]>("GET", "faults"),
    removeFault: (id: string) => call<object>("DELETE", `faults/${id}`),
    clearFaults: () => call<object>("DELETE", "faults"),

    /** delivers every callback to come now; resolves when all were answered */
    flush: (options: { timeoutMs?: number } = {}) => call<object>("POST", withQuery("flush", options)),
    /** resolves when no callback is to come or under way */
    idle: (options: { timeoutMs?: number } = {}) => call<object>("GET", withQuery("idle", options)),
  };
}
