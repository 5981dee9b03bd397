// Messages of the 2010-04-01 API: create, fetch, list.
import { twilioError } from "./errors.ts";
import { type ApiAnswer, type ApiHandler, boundedInteger } from "./http.ts";
import {
  type CreateRequest,
  checkCreate,
  decideFate,
  type Fate,
  isMember,
  isTooSoon,
  isWindowOpen,
} from "./rules.ts";
import { messageResource, newSid } from "./serialize.ts";
import { countBefore } from "./state/messages.ts";
import type { MessageRecord } from "./state/types.ts";

export const createMessage: ApiHandler = (simulator, { form }, misfortune) => {
  const { clock, store, lifecycle } = simulator;
  const settings = simulator.settings();
  const request = readCreate(form);
  const checked = checkCreate(request, {
    sandboxNumber: settings.sandboxNumber,
    findContent: (sid) => store.contents.get(sid),
  });
  if (!checked.ok) return refuse(checked.refusal.code, checked.refusal.message);

  const now = clock.now();
  const tooSoon = isTooSoon({
    now,
    lastMessageAt: store.lastMessageAt,
    minIntervalMs: settings.minIntervalMs,
    tolerance: settings.intervalTolerance,
  });
  if (tooSoon && settings.rateLimitAnswer === "sync") return refuse(20429);
  if (!tooSoon) store.lastMessageAt = now;

  const phone = simulator.phone(checked.to);
  const fate: Fate =
    misfortune.fail ??
    decideFate({
      ...checked,
      tooSoon,
      member: isMember(phone, now, settings.membershipHours),
      windowOpen: isWindowOpen(phone, now, settings.windowHours),
    });
  const message = store.messages.add({
    sid: newSid(checked.content || request.mediaUrls.length > 0 ? "MM" : "SM"),
    direction: "outbound-api",
    to: `whatsapp:${checked.to}`,
    from: `whatsapp:${settings.sandboxNumber}`,
    body: checked.body,
    status: "queued",
    contentSid: checked.content?.sid ?? null,
    contentVariables: request.contentVariables,
    media: request.mediaUrls.map((url) => ({ url, contentType: null })),
    said: {},
    statusCallback: request.statusCallback,
    createdAt: now,
  });
  const resource = messageResource(message, settings.accountSid);
  if (settings.autoProgress)
    lifecycle.start(message, {
      fate,
      reads: phone.reads ?? settings.autoRead,
      faults: misfortune.callbacks,
    });
  return { status: 201, json: resource, messageSid: message.sid };
};

export const fetchMessage: ApiHandler = (simulator, { path, sid }) => {
  const message = simulator.store.messages.find(sid);
  if (!message) return notFound(path);
  return { status: 200, json: messageResource(message, simulator.settings().accountSid) };
};

/** Newest first. A page's token names its predecessor's last message, so new messages do not shift the pages. */
export const listMessages: ApiHandler = (simulator, { path, query }) => {
  const { accountSid } = simulator.settings();
  const filter = readFilter(query);
  if (filter === null) return refuse(20001, "Invalid DateSent");
  const pageSize = boundedInteger(query.get("PageSize"), 50, { min: 1, max: 1000 });
  const page = boundedInteger(query.get("Page"), 0, { min: 0, max: 1_000_000 });
  const after = simulator.store.messages.find((query.get("PageToken") ?? "").replace(/^PA/, ""));

  const candidates = simulator.store.messages.candidates(filter);
  const found: MessageRecord[] = [];
  let position = after ? countBefore(candidates, after.seq) : candidates.length;
  while (position > 0 && found.length <= pageSize) {
    position -= 1;
    const message = candidates[position] as MessageRecord;
    if (matches(message, filter)) found.push(message);
  }
  const rows = found.slice(0, pageSize);
  const uri = (changes: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    return `${path}?${next}`;
  };
  const last = rows.at(-1);
  const json = {
    end: page * pageSize + Math.max(rows.length - 1, 0),
    first_page_uri: uri({ Page: "0", PageSize: String(pageSize), PageToken: "" }),
    messages: rows.map((message) => messageResource(message, accountSid)),
    next_page_uri:
      found.length > pageSize && last
        ? uri({ PageSize: String(pageSize), Page: String(page + 1), PageToken: `PA${last.sid}` })
        : null,
    page,
    page_size: pageSize,
    previous_page_uri: null,
    start: page * pageSize,
    uri: uri({}),
  };
  return { status: 200, json };
};

function readCreate(form: URLSearchParams): CreateRequest {
  const text = (name: string) => form.get(name) || null;
  return {
    to: text("To"),
    from: text("From"),
    body: text("Body"),
    contentSid: text("ContentSid"),
    contentVariables: text("ContentVariables"),
    mediaUrls: form.getAll("MediaUrl").filter((url) => url !== ""),
    statusCallback: text("StatusCallback"),
  };
}

type Filter = {
  to: string | null;
  from: string | null;
  on: string | null;
  notBefore: number;
  notAfter: number;
};

const secondMs = 1000;
const dayMs = 86_400_000;

/** `DateSent=` goes by the day (UTC), `DateSent>=` and `<=` by the second; null when one is no date. */
function readFilter(query: URLSearchParams): Filter | null {
  const on = query.get("DateSent");
  const notBefore = query.get("DateSent>");
  const notAfter = query.get("DateSent<");
  const dates = [on, notBefore, notAfter].filter((date) => date !== null);
  if (dates.some((date) => Number.isNaN(Date.parse(date)))) return null;
  const wholeDay = notAfter !== null && notAfter.length === "2026-11-23".length;
  return {
    to: query.get("To") || null,
    from: query.get("From") || null,
    on: on === null ? null : new Date(on).toISOString().slice(0, 10),
    notBefore: notBefore === null ? Number.NEGATIVE_INFINITY : Date.parse(notBefore),
    notAfter:
      notAfter === null ? Number.POSITIVE_INFINITY : Date.parse(notAfter) + (wholeDay ? dayMs - secondMs : 0),
  };
}

function matches(message: MessageRecord, filter: Filter): boolean {
  if (filter.to !== null && message.to !== filter.to) return false;
  if (filter.from !== null && message.from !== filter.from) return false;
  const filtersDates =
    filter.on !== null || Number.isFinite(filter.notBefore) || Number.isFinite(filter.notAfter);
  if (!filtersDates) return true;
  if (message.sentAt === null) return false;
  if (filter.on !== null && new Date(message.sentAt).toISOString().slice(0, 10) !== filter.on) return false;
  const sentAt = Math.floor(message.sentAt / secondMs) * secondMs;
  return sentAt >= filter.notBefore && sentAt <= filter.notAfter;
}

function refuse(code: number, message?: string): ApiAnswer {
  const body = twilioError(code, { message });
  return { status: body.status, json: body };
}

function notFound(path: string): ApiAnswer {
  return refuse(20404, `The requested resource ${path} was not found`);
}
