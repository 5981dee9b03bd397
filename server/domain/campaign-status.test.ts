import { expect, test } from "vitest";
import {
  type CampaignCommand,
  campaignMoves,
  campaignStatuses,
  canMoveCampaign,
} from "#server/domain/campaign-status.ts";

test.each([
  ["draft", ["launch"]],
  ["scheduled", ["launch", "cancel"]],
  ["sending", ["pause", "cancel", "complete", "fail"]],
  ["paused", ["resume", "cancel"]],
  ["completed", ["reopen"]],
  ["cancelled", []],
  ["failed", ["reopen"]],
] as const)("a campaign that is %s obeys %j alone", (status, commands) => {
  const obeyed = (Object.keys(campaignMoves) as CampaignCommand[]).filter((command) =>
    canMoveCampaign(status, command),
  );
  expect(obeyed).toEqual(commands);
});

test("every command leads to a status there is, and to another one", () => {
  for (const { from, to } of Object.values(campaignMoves)) {
    expect(campaignStatuses).toContain(to);
    expect(from).not.toContain(to);
  }
});
