// What Twilio and the sandbox do with a request to create a message. Pure: the facts and the time are arguments.
import { type Content, renderContent } from "./contents.ts";

const hourMs = 3_600_000;

export type CreateRequest = {
  to: string | null;
  from: string | null;
  body: string | null;
  contentSid: string | null;
  contentVariables: string | null;
  mediaUrls: string[];
  statusCallback: string | null;
};

type Refusal = { code: number; message?: string };

/** What will become of an accepted message. */
export type Fate = { kind: "deliver" } | { kind: "fail"; code: number; status: "failed" | "undelivered" };

export type Checked =
  | { ok: false; refusal: Refusal }
  | { ok: true; to: string; body: string; content: Content | null; variables: Record<string, string> };

const phoneNumber = /^\+[1-9]\d{6,14}$/;
/** how WhatsApp names a user who hides the number */
const hiddenUser = /^[A-Z]{2}\.[A-Za-z0-9.]{1,130}$/;

/** `whatsapp:+33…` without its channel, or null for anything that cannot be reached on WhatsApp. */
export function whatsappUser(address: string): string | null {
  const user = address.startsWith("whatsapp:") ? address.slice("whatsapp:".length) : null;
  return user !== null && (phoneNumber.test(user) || hiddenUser.test(user)) ? user : null;
}

const refuse = (code: number, message?: string): Checked => ({ ok: false, refusal: { code, message } });

/** The checks Twilio makes before it answers: nothing is created when one fails. */
export function checkCreate(
  request: CreateRequest,
  facts: { sandboxNumber: string; findContent(sid: string): Content | undefined },
): Checked {
  const { to, from, body } = request;
  if (!to) return refuse(21604);
  if (!from) return refuse(21603);
  if (from.startsWith("whatsapp:") && !to.startsWith("whatsapp:")) return refuse(21910);
  if (from !== `whatsapp:${facts.sandboxNumber}`) return refuse(63007);
  const user = whatsappUser(to);
  if (user === null) return refuse(21211, `Invalid 'To' Phone Number: ${to}`);
  if (to === from) return refuse(63031);
  if (request.statusCallback !== null && !isCallbackUrl(request.statusCallback))
    return refuse(21609, `The StatusCallback URL ${request.statusCallback} is not a valid URL.`);
  if (request.contentSid) return checkTemplate(user, request, facts.findContent(request.contentSid));
  if (request.contentVariables) return refuse(21654);
  if (!body && request.mediaUrls.length === 0) return refuse(21619);
  if (body && body.length > 1600) return refuse(21617);
  return { ok: true, to: user, body: body ?? "", content: null, variables: {} };
}

function checkTemplate(to: string, request: CreateRequest, content: Content | undefined): Checked {
  if (!content) return refuse(21655);
  const variables = parseVariables(request.contentVariables ?? "{}");
  if (variables === null) return refuse(21656);
  if (Object.keys(variables).length > 100) return refuse(92002);
  if (Object.values(variables).some((value) => value.length > 1600)) return refuse(21658);
  return { ok: true, to, body: renderContent(content, variables), content, variables };
}

/** A JSON object of filled-in texts, or null: numbers, empty texts and nulls are refused. */
function parseVariables(json: string): Record<string, string> | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
  const valid = Object.entries(parsed).every(
    ([name, value]) => /^[A-Za-z0-9_]{1,16}$/.test(name) && typeof value === "string" && value.trim() !== "",
  );
  return valid ? (parsed as Record<string, string>) : null;
}

/** Twilio refuses host names with an underscore. */
function isCallbackUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === "http:" || url.protocol === "https:") && !url.hostname.includes("_");
}

/** Whether a message comes too soon after the last one within the rate; `tolerance` is a share of the interval. */
export function isTooSoon(facts: {
  now: number;
  lastMessageAt: number | null;
  minIntervalMs: number;
  tolerance: number;
}): boolean {
  if (facts.lastMessageAt === null) return false;
  return facts.now - facts.lastMessageAt < facts.minIntervalMs * (1 - facts.tolerance);
}

/** Joined, and the membership (72 h from the join; traffic does not prolong it) has not run out. */
export function isMember(phone: { joinedAt: number | null }, now: number, membershipHours: number): boolean {
  return phone.joinedAt !== null && now < phone.joinedAt + membershipHours * hourMs;
}

/** Free text is allowed for `windowHours` after the last word of the phone; `join` is one. */
export function isWindowOpen(
  phone: { lastInboundAt: number | null },
  now: number,
  windowHours: number,
): boolean {
  return phone.lastInboundAt !== null && now < phone.lastInboundAt + windowHours * hourMs;
}

const unsendable: Partial<Record<Content["approval"], number>> = {
  rejected: 63040,
  paused: 63041,
  disabled: 63042,
};

/** What the sandbox and WhatsApp make of an accepted message; it shows later, in the callbacks. */
export function decideFate(facts: {
  tooSoon: boolean;
  member: boolean;
  windowOpen: boolean;
  content: Content | null;
  variables: Record<string, string>;
  body: string;
}): Fate {
  const { content } = facts;
  if (facts.tooSoon) return fail(63018);
  if (!facts.member) return fail(63015);
  if (content === null) return facts.windowOpen ? { kind: "deliver" } : fail(63016);
  const unsendableCode = unsendable[content.approval];
  if (unsendableCode) return fail(unsendableCode);
  if (content.approval !== "approved" && !facts.windowOpen) return fail(63016);
  if (Object.values(facts.variables).some((value) => /[\n\r\t]| {5,}/.test(value))) return fail(63013);
  if (facts.body.length > 1024) return fail(63021);
  return { kind: "deliver" };
}

const fail = (code: number): Fate => ({ kind: "fail", code, status: "failed" });

export type SandboxCommand = { kind: "join"; code: string } | { kind: "stop" };

/** What the sandbox itself understands of a text from a phone, or null. */
export function sandboxCommand(text: string): SandboxCommand | null {
  const join = /^join\s+(\S.*)$/i.exec(text.trim());
  if (join) return { kind: "join", code: (join[1] as string).trim() };
  return /^stop$/i.test(text.trim()) ? { kind: "stop" } : null;
}
