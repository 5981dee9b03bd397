// The memory of the simulator: messages, virtual phones, templates, the requests received.
import { type Content, defaultContents } from "../contents.ts";
import { createMediaStore, type MediaStore } from "./media.ts";
import { createMessageIndex, type MessageIndex } from "./messages.ts";
import type { Note, Phone, RequestLog, WebhookLog } from "./types.ts";

const requestsKept = 5000;
const webhooksKept = 1000;
const notesKept = 200;

export type Store = {
  messages: MessageIndex;
  media: MediaStore;
  contents: Map<string, Content>;
  /** when the sandbox last took a message within its rate */
  lastMessageAt: number | null;
  /** the phone of an address; every number has one, known from its first use on */
  phone(address: string): Phone;
  phones(): Phone[];
  /** what the phone and the sandbox told each other, oldest first */
  notes(address: string): readonly Note[];
  note(address: string, note: Note): void;
  /** keeps the entry itself: its result is filled in later */
  logRequest(entry: Omit<RequestLog, "id">): RequestLog;
  /** the newest requests, oldest first */
  requests(): RequestLog[];
  logWebhook(entry: Omit<WebhookLog, "id">): void;
  /** the newest calls of webhooks, oldest first */
  webhooks(): WebhookLog[];
  clear(): void;
};

export function createStore(): Store {
  const phones = new Map<string, Phone>();
  const notes = new Map<string, Note[]>();
  let requests: RequestLog[] = [];
  let webhooks: WebhookLog[] = [];
  let nextLogId = 1;

  const store: Store = {
    messages: createMessageIndex(),
    media: createMediaStore(),
    contents: new Map(),
    lastMessageAt: null,
    phone(address) {
      const known = phones.get(address);
      if (known) return known;
      const phone: Phone = {
        address,
        profileName: `Contact ${address.slice(-4)}`,
        joinedAt: null,
        leftAt: null,
        lastInboundAt: null,
        reads: null,
        online: true,
      };
      phones.set(address, phone);
      return phone;
    },
    phones: () => [...phones.values()],
    notes: (address) => notes.get(address) ?? [],
    note(address, note) {
      notes.set(address, [...(notes.get(address) ?? []), note].slice(-notesKept));
    },
    logRequest(entry) {
      const log = { id: nextLogId++, ...entry };
      requests.push(log);
      if (requests.length > 2 * requestsKept) requests = requests.slice(-requestsKept);
      return log;
    },
    requests: () => requests.slice(-requestsKept),
    logWebhook(entry) {
      webhooks.push({ id: nextLogId++, ...entry });
      if (webhooks.length > 2 * webhooksKept) webhooks = webhooks.slice(-webhooksKept);
    },
    webhooks: () => webhooks.slice(-webhooksKept),
    clear() {
      store.messages.clear();
      store.contents = new Map(defaultContents.map((content) => [content.sid, content]));
      store.lastMessageAt = null;
      store.media.clear();
      phones.clear();
      notes.clear();
      requests = [];
      webhooks = [];
    },
  };
  store.clear();
  return store;
}
