import { expect, test } from "vitest";
import { type MembershipFacts, sandboxMembership } from "#server/domain/sandbox-membership.ts";

const now = new Date("2026-11-23T09:30:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const nothing: MembershipFacts = { sandboxJoinedAt: null, sandboxLeftAt: null, lastInboundAt: null };
const stateOf = (facts: Partial<MembershipFacts>) =>
  sandboxMembership({ ...nothing, ...facts }, now, 72).state;

test("[EX-7.4] a contact nobody heard of is unknown", () => {
  expect(stateOf({})).toBe("unknown");
});

test("[EX-7.4] a contact who joined is a member for 72 hours, the last twelve of them with a warning", () => {
  expect(stateOf({ sandboxJoinedAt: hoursAgo(1) })).toBe("member");
  expect(stateOf({ sandboxJoinedAt: hoursAgo(61) })).toBe("expiring");
  expect(stateOf({ sandboxJoinedAt: hoursAgo(72) })).toBe("expired");
});

test("[EX-7.3] messages do not prolong a membership: the code has to be sent again", () => {
  expect(stateOf({ sandboxJoinedAt: hoursAgo(80), lastInboundAt: hoursAgo(20) })).toBe("expired");
});

test("a message after the 72 hours proves a join we did not see", () => {
  const facts = { sandboxJoinedAt: hoursAgo(100), lastInboundAt: hoursAgo(2) };
  const { state, endsAt } = sandboxMembership({ ...nothing, ...facts }, now, 72);
  expect(state).toBe("member");
  expect(endsAt).toEqual(hoursAgo(2 - 72));
});

test("a message without a known join counts from that message", () => {
  expect(stateOf({ lastInboundAt: hoursAgo(2) })).toBe("member");
  expect(stateOf({ lastInboundAt: hoursAgo(90) })).toBe("expired");
});

test("whoever left is gone until something comes from them", () => {
  expect(stateOf({ sandboxLeftAt: hoursAgo(1) })).toBe("left");
  expect(stateOf({ sandboxJoinedAt: hoursAgo(5), sandboxLeftAt: hoursAgo(1) })).toBe("left");
  expect(
    stateOf({ sandboxJoinedAt: hoursAgo(5), sandboxLeftAt: hoursAgo(2), lastInboundAt: hoursAgo(1) }),
  ).toBe("member");
  expect(stateOf({ sandboxLeftAt: hoursAgo(5), sandboxJoinedAt: hoursAgo(1) })).toBe("member");
});
