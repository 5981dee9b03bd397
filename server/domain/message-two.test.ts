import { expect, test } from "vitest";
import { messageStatuses } from "#server/domain/message-status.ts";
import {
  defaultMessageTwoLimits,
  type MessageTwoQuestion,
  messageTwoRefusal,
} from "#server/domain/message-two.ts";

const now = new Date("2026-11-23T12:00:00Z");
const day = 86_400_000;
const daysAgo = (days: number) => new Date(now.getTime() - days * day);

const messageOne = { status: "read", claimedAt: daysAgo(1), messageTwo: "Merci !" } as const;
const answer: MessageTwoQuestion = {
  keyword: null,
  optedOut: false,
  flagged: false,
  messageOne,
  campaignCancelled: false,
  now,
  maxAgeDays: 30,
  windowOpen: true,
  lastMinute: 0,
  lastDay: 0,
  limits: defaultMessageTwoLimits,
};
const refusalOf = (patch: Partial<MessageTwoQuestion>) => messageTwoRefusal({ ...answer, ...patch });

test("[EX-4.4] an answer to a recent Message 1 is followed by Message 2", () => {
  expect(messageTwoRefusal(answer)).toBeNull();
  expect(refusalOf({ keyword: "start" })).toBeNull();
});

test("[EX-4.4] a Message 1 counts once it was claimed, whatever became known of it since", () => {
  const counting = messageStatuses.filter(
    (status) => refusalOf({ messageOne: { ...messageOne, status } }) === null,
  );
  expect(counting).toEqual(["sending", "uncertain", "sent", "delivered", "read"]);
});

test("[EX-4.4] recent means up to MESSAGE_TWO_MAX_AGE_DAYS to the millisecond", () => {
  const atAge = (claimedAt: Date) => refusalOf({ messageOne: { ...messageOne, claimedAt } });
  expect(atAge(daysAgo(30))).toBeNull();
  expect(atAge(new Date(daysAgo(30).getTime() - 1))).toBe("too_old");
});

test.each([
  ["keyword", { keyword: "stop" }],
  ["keyword", { keyword: "join" }],
  ["opted_out", { optedOut: true }],
  ["flagged", { flagged: true }],
  ["no_message_one", { messageOne: null }],
  ["campaign_cancelled", { campaignCancelled: true }],
  ["no_message_two", { messageOne: { ...messageOne, messageTwo: null } }],
  ["no_message_two", { messageOne: { ...messageOne, messageTwo: " \n " } }],
  ["window_closed", { windowOpen: false }],
  ["too_frequent", { lastMinute: 1 }],
  ["daily_limit", { lastDay: 10 }],
] as const)("[EX-4.5] no Message 2 because of %s", (refusal, patch) => {
  expect(refusalOf(patch)).toBe(refusal);
});

test("the limits are one a minute and ten a day, and the tenth still goes", () => {
  expect(refusalOf({ lastDay: 9 })).toBeNull();
  expect(refusalOf({ lastMinute: 1, limits: { perMinute: 2, perDay: 10 } })).toBeNull();
});
