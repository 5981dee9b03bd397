import { expect, test } from "vitest";
import {
  failuresThatPauseCampaign,
  lookDelay,
  nextRetryDelay,
  pollDelay,
  rateLimitPauseMs,
  refusalsThatPauseSender,
  uncertainThatPauseSender,
} from "#server/domain/retry-policy.ts";

const retryDelaysSeconds = [60, 120, 240];

test("[EX-6.3] the three retries wait 60, 120 and 240 seconds", () => {
  expect([0, 1, 2].map((retries) => nextRetryDelay(retries, retryDelaysSeconds))).toEqual([60, 120, 240]);
});

test("[EX-6.4] after three retries there is none", () => {
  expect(nextRetryDelay(3, retryDelaysSeconds)).toBeNull();
  expect(nextRetryDelay(99, retryDelaysSeconds)).toBeNull();
});

test("a message of unknown fate is asked about at the moments of the retries, three times", () => {
  expect([0, 1, 2, 3].map((look) => lookDelay(look, retryDelaysSeconds))).toEqual([60, 120, 240, null]);
});

test("a message without a final status is asked about after 10 minutes, 1, 6 and 24 hours, then left", () => {
  expect([0, 1, 2, 3, 4].map(pollDelay)).toEqual([600, 3600, 21_600, 86_400, null]);
});

test("[EX-7.2] limits are those of the specification", () => {
  expect({
    failuresThatPauseCampaign,
    refusalsThatPauseSender,
    uncertainThatPauseSender,
    rateLimitPauseMs,
  }).toEqual({
    failuresThatPauseCampaign: 10,
    refusalsThatPauseSender: 3,
    uncertainThatPauseSender: 10,
    rateLimitPauseMs: 3000,
  });
});
