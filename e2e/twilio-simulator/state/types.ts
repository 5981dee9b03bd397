// What the simulated Twilio remembers. Times are milliseconds since 1970 on the simulator's clock.

export type MessageStatus = "queued" | "sent" | "delivered" | "read" | "undelivered" | "failed" | "received";

type CallbackLog = {
  status: MessageStatus;
  at: number;
  url: string;
  attempt: number;
  /** the HTTP status the webhook answered, or how it failed; `lost` = kept back by a fault */
  result: number | "connect" | "timeout" | "reset" | "lost";
};

export type MessageMedia = { url: string; contentType: string | null };

export type Location = { latitude: number; longitude: number; label?: string; address?: string };

type Said = {
  /** the text of the quick reply that was tapped */
  button?: string;
  location?: Location;
  reaction?: { emoji: string; sid: string };
};

export type MessageRecord = {
  /** grows with each message: the order of creation */
  seq: number;
  sid: string;
  direction: "outbound-api" | "inbound";
  /** with the channel: `whatsapp:+33…` */
  to: string;
  from: string;
  body: string;
  status: MessageStatus;
  errorCode: number | null;
  contentSid: string | null;
  contentVariables: string | null;
  media: MessageMedia[];
  /** what an inbound message says beside its text */
  said: Said;
  statusCallback: string | null;
  createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  callbacks: CallbackLog[];
};

export type NewMessage = Omit<MessageRecord, "seq" | "updatedAt" | "sentAt" | "errorCode" | "callbacks">;

export type Phone = {
  /** without the channel: `+33…`, or what WhatsApp shows of a user who hides the number */
  address: string;
  profileName: string;
  joinedAt: number | null;
  leftAt: number | null;
  lastInboundAt: number | null;
  /** null: as the setting `autoRead` says */
  reads: boolean | null;
  /** false: what is sent to it stays at WhatsApp until it is online again */
  online: boolean;
};

/** What a phone and the sandbox tell each other; the account never sees it. */
export type Note = { at: number; side: "phone" | "sandbox"; text: string };

/** A file a phone sent. */
export type StoredMedia = {
  sid: string;
  messageSid: string;
  contentType: string;
  bytes: Buffer;
  createdAt: number;
};

export type RequestLog = {
  id: number;
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  form: Record<string, string | string[]>;
  /** the HTTP status answered, or what a fault did instead */
  result: number | "cut" | "no-answer";
  errorCode: number | null;
  messageSid: string | null;
  faults: string[];
};

/** One call of a webhook of ours, each attempt by itself. */
export type WebhookLog = {
  id: number;
  at: number;
  url: string;
  fields: Record<string, string>;
  attempt: number;
  result: number | "connect" | "timeout" | "reset" | "lost";
  /** the beginning of what was answered */
  answer: string;
  tookMs: number;
};
