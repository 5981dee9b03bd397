// The life of a message (engine.md 3): one table of causes and moves; whatever is not in it is ignored and recorded.
export const messageStatuses = [
  "pending",
  "sending",
  "uncertain",
  "sent",
  "delivered",
  "read",
  "failed",
  "skipped",
  "cancelled",
] as const;
export type MessageStatus = (typeof messageStatuses)[number];

export const messageTypes = ["message_1", "message_2", "test", "reply"] as const;
export type MessageType = (typeof messageTypes)[number];

type Move = { from: readonly MessageStatus[]; to: readonly MessageStatus[] };

export const messageMoves = {
  claim: { from: ["pending"], to: ["sending"] },
  recheck: { from: ["pending"], to: ["skipped", "failed"] },
  cancel: { from: ["pending"], to: ["cancelled"] },
  /** Twilio answered with a SID, called back for this attempt, or was found to hold it */
  accept: { from: ["sending", "uncertain"], to: ["sent"] },
  /** Twilio calls back about an attempt it had not shown when asked: it exists, another one would be a second message */
  prove: { from: ["pending"], to: ["sent"] },
  retry: { from: ["sending", "sent", "uncertain"], to: ["pending", "cancelled"] },
  giveBack: { from: ["sending"], to: ["pending", "cancelled"] },
  refuse: { from: ["sending", "sent", "uncertain"], to: ["failed"] },
  lose: { from: ["sending"], to: ["uncertain"] },
  deliver: { from: ["sent"], to: ["delivered", "read"] },
  read: { from: ["delivered"], to: ["read"] },
  /** reality wins: a callback proves what we had given up, or an attempt we had replaced */
  outlive: { from: ["pending", "sending", "uncertain", "failed", "cancelled"], to: ["delivered", "read"] },
  retryByHand: { from: ["failed"], to: ["pending"] },
} as const satisfies Record<string, Move>;

export type MessageCause = keyof typeof messageMoves;

/** Whether the table lets `cause` move a message from `from` to `to`. */
export function canMoveMessage(cause: MessageCause, from: MessageStatus, to: MessageStatus): boolean {
  const move: Move = messageMoves[cause];
  return move.from.includes(from) && move.to.includes(to);
}

/** Nothing more happens to these by itself; a campaign whose Message 1 are all settled is completed. */
export const settledStatuses = [
  "skipped",
  "sent",
  "delivered",
  "read",
  "failed",
  "cancelled",
] as const satisfies readonly MessageStatus[];

export type CounterName = "sent" | "delivered" | "read" | "failed";

/** The campaign counters a Message 1 in this status is part of (engine.md 4; criterion 5.6). */
export const countedAs: Record<MessageStatus, readonly CounterName[]> = {
  pending: [],
  sending: [],
  uncertain: [],
  skipped: [],
  cancelled: [],
  sent: ["sent"],
  delivered: ["sent", "delivered"],
  read: ["sent", "delivered", "read"],
  failed: ["failed"],
};
