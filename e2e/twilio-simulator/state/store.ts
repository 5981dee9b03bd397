// The memory of the simulator: messages, virtual phones, templates, the requests received.
import { type Content, defaultContents } from "../contents.ts";
import { createMessageIndex, type MessageIndex } from "./messages.ts";
import type { Phone, RequestLog } from "./types.ts";

const requestsKept = 5000;

export type Store = {
  messages: MessageIndex;
  contents: Map<string, Content>;
  /** when the sandbox last took a message within its rate */
  lastMessageAt: number | null;
  /** the phone of an address; every number has one, known from its first use on */
  phone(address: string): Phone;
  phones(): Phone[];
  logRequest(entry: RequestLog): void;
  /** the newest requests, oldest first */
  requests(): RequestLog[];
  clear(): void;
};

export function createStore(): Store {
  const phones = new Map<string, Phone>();
  let requests: RequestLog[] = [];

  const store: Store = {
    messages: createMessageIndex(),
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
      };
      phones.set(address, phone);
      return phone;
    },
    phones: () => [...phones.values()],
    logRequest(entry) {
      requests.push(entry);
      if (requests.length > 2 * requestsKept) requests = requests.slice(-requestsKept);
    },
    requests: () => requests.slice(-requestsKept),
    clear() {
      store.messages.clear();
      store.contents = new Map(defaultContents.map((content) => [content.sid, content]));
      store.lastMessageAt = null;
      phones.clear();
      requests = [];
    },
  };
  store.clear();
  return store;
}
