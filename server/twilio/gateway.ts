// What Relance asks of Twilio, in our own words. Implemented by twilio-gateway.ts with the official SDK.

export type SendRequest = {
  to: string;
  from: string;
  /** names the attempt, comes back in every status callback */
  attemptId: string;
  /** free text; with a template it is only what the ledger shows */
  content: string;
  contentSid: string | null;
  contentVariables: Record<string, string> | null;
};

/** What is known after asking Twilio to send. Only `accepted` and `unknown` may have reached the recipient. */
export type SendResult =
  | { kind: "accepted"; sid: string; httpStatus: number }
  | { kind: "refused"; httpStatus: number; code: number | null; message: string }
  | { kind: "unreachable"; message: string }
  | { kind: "unknown"; httpStatus: number | null; message: string };

export type RemoteMessage = {
  sid: string;
  from: string;
  to: string;
  body: string;
  status: string;
  direction: string;
  errorCode: number | null;
  errorMessage: string | null;
  createdAt: Date;
  numMedia: number;
};

export type RemoteTemplate = {
  sid: string;
  name: string;
  body: string;
  variables: Record<string, string>;
  language: string | null;
  approvalStatus: string | null;
};

export type WhatsAppGateway = {
  /** Never throws: whatever happens is one of the results. */
  send(request: SendRequest): Promise<SendResult>;
  /** Our messages to a recipient created since `since`, newest first. Throws a GatewayError when Twilio does not answer. */
  findSent(query: { to: string; from: string; since: Date }): Promise<RemoteMessage[]>;
  /** Messages received by `to` since `since`. Throws a GatewayError. */
  findReceived(query: { to: string; since: Date }): Promise<RemoteMessage[]>;
  /** One message, or null when Twilio has none of this SID. Throws a GatewayError. */
  fetchMessage(sid: string): Promise<RemoteMessage | null>;
  /** The account's content templates with their WhatsApp approval. Throws a GatewayError. */
  listTemplates(): Promise<RemoteTemplate[]>;
  /** Proves that the credentials work (criterion 12.1). Throws a GatewayError. */
  fetchAccount(): Promise<{ type: string; status: string; name: string }>;
};

/** Twilio could not be asked, or refused to answer a question. Carries nothing secret. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly httpStatus: number | null;
  readonly code: number | null;

  constructor(message: string, httpStatus: number | null, code: number | null) {
    super(message);
    this.httpStatus = httpStatus;
    this.code = code;
  }
}
