// The messages by SID, by To and by From, each in the order of creation: nothing here scans all of them to add one.
import type { MessageRecord, NewMessage } from "./types.ts";

export type MessageIndex = {
  add(message: NewMessage): MessageRecord;
  find(sid: string): MessageRecord | undefined;
  /** the most selective list for the filter, oldest first; the caller still checks both addresses */
  candidates(filter: { to?: string | null; from?: string | null }): readonly MessageRecord[];
  all(): readonly MessageRecord[];
  clear(): void;
};

export function createMessageIndex(): MessageIndex {
  const bySid = new Map<string, MessageRecord>();
  const byTo = new Map<string, MessageRecord[]>();
  const byFrom = new Map<string, MessageRecord[]>();
  let all: MessageRecord[] = [];
  let seq = 0;

  return {
    add(message) {
      seq += 1;
      const record: MessageRecord = {
        ...message,
        seq,
        updatedAt: message.createdAt,
        // of an incoming message it is when Twilio called the webhook (docs: Message resource)
        sentAt: message.direction === "inbound" ? message.createdAt : null,
        errorCode: null,
        callbacks: [],
      };
      all.push(record);
      bySid.set(record.sid, record);
      append(byTo, record.to, record);
      append(byFrom, record.from, record);
      return record;
    },
    find: (sid) => bySid.get(sid),
    candidates({ to, from }) {
      const lists = [to ? (byTo.get(to) ?? []) : all, from ? (byFrom.get(from) ?? []) : all];
      return lists.reduce((shortest, list) => (list.length < shortest.length ? list : shortest));
    },
    all: () => all,
    clear() {
      all = [];
      bySid.clear();
      byTo.clear();
      byFrom.clear();
    },
  };
}

function append(index: Map<string, MessageRecord[]>, key: string, record: MessageRecord) {
  const list = index.get(key);
  if (list) list.push(record);
  else index.set(key, [record]);
}

/** How many records of a list ordered by `seq` come before `seq`. */
export function countBefore(list: readonly MessageRecord[], seq: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as MessageRecord).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
