import { expect, test } from "vitest";
import {
  canMoveMessage,
  countedAs,
  type MessageCause,
  type MessageStatus,
  messageMoves,
  messageStatuses,
  settledStatuses,
} from "#server/domain/message-status.ts";

/** engine.md 3, written a second time: every move there is, and no other. */
const allowed = new Set([
  "claim: pending → sending",
  "recheck: pending → skipped",
  "recheck: pending → failed",
  "cancel: pending → cancelled",
  "accept: sending → sent",
  "accept: uncertain → sent",
  "prove: pending → sent",
  "retry: sending → pending",
  "retry: sent → pending",
  "retry: uncertain → pending",
  "retry: sending → cancelled",
  "retry: sent → cancelled",
  "retry: uncertain → cancelled",
  "giveBack: sending → pending",
  "giveBack: sending → cancelled",
  "refuse: sending → failed",
  "refuse: sent → failed",
  "refuse: uncertain → failed",
  "lose: sending → uncertain",
  "deliver: sent → delivered",
  "deliver: sent → read",
  "read: delivered → read",
  "outlive: pending → delivered",
  "outlive: pending → read",
  "outlive: sending → delivered",
  "outlive: sending → read",
  "outlive: uncertain → delivered",
  "outlive: uncertain → read",
  "outlive: failed → delivered",
  "outlive: failed → read",
  "outlive: cancelled → delivered",
  "outlive: cancelled → read",
  "retryByHand: failed → pending",
]);

test("the table allows the moves of the specification and no other", () => {
  const causes = Object.keys(messageMoves) as MessageCause[];
  const found = causes.flatMap((cause) =>
    messageStatuses.flatMap((from) =>
      messageStatuses.flatMap((to) => (canMoveMessage(cause, from, to) ? [`${cause}: ${from} → ${to}`] : [])),
    ),
  );
  expect(new Set(found)).toEqual(allowed);
});

test("nothing leaves read or skipped, and delivered leads to read alone", () => {
  const leaves = (from: MessageStatus) =>
    (Object.keys(messageMoves) as MessageCause[]).flatMap((cause) =>
      messageStatuses.filter((to) => canMoveMessage(cause, from, to)),
    );
  expect(leaves("read")).toEqual([]);
  expect(leaves("skipped")).toEqual([]);
  expect(leaves("delivered")).toEqual(["read"]);
});

test("what waits, is on its way or is unknown is not settled, everything else is", () => {
  const unsettled = messageStatuses.filter(
    (status) => !settledStatuses.some((settled) => settled === status),
  );
  expect(unsettled).toEqual(["pending", "sending", "uncertain"]);
});

test("[EX-5.6] a message read was delivered and sent too, a failed one was not", () => {
  expect(countedAs).toEqual({
    pending: [],
    sending: [],
    uncertain: [],
    skipped: [],
    cancelled: [],
    sent: ["sent"],
    delivered: ["sent", "delivered"],
    read: ["sent", "delivered", "read"],
    failed: ["failed"],
  });
});
