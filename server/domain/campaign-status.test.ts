import { expect, test } from "vitest";
import {
  type CampaignCommand,
  campaignMoves,
  campaignStatuses,
  canMoveCampaign,
} from "#server/domain/campaign-status.ts";

test.each([
  ["draft", ["launch", "schedule"]],
  ["scheduled", ["launch", "schedule", "unschedule", "failToStart", "cancel"]],
  ["sending", ["pause", "cancel", "complete", "fail"]],
  ["paused", ["resume", "cancel"]],
  ["completed", ["reopen"]],
  ["cancelled", []],
  ["failed", ["unschedule", "reopen"]],
] as const)("a campaign that is %s obeys %j alone", (status, commands) => {
  const obeyed = (Object.keys(campaignMoves) as CampaignCommand[]).filter((command) =>
    canMoveCampaign(status, command),
  );
  expect(obeyed).toEqual(commands);
});

test("every command leads to a status there is, and to another one, but for another time of the schedule", () => {
  for (const [command, { from, to }] of Object.entries(campaignMoves)) {
    expect(campaignStatuses).toContain(to);
    if (command !== "schedule") expect(from).not.toContain(to);
  }
});
