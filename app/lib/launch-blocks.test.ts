import { expect, test } from "vitest";
import { launchBlocks } from "#app/lib/launch-blocks.ts";

const template = {
  id: 1,
  contentSid: `HX${"a".repeat(32)}`,
  name: "Code",
  body: "Your {{1}} code is {{2}}",
  variables: {},
  approvalStatus: null,
  removed: false,
};
const variables = {
  "1": { type: "field" as const, field: "firstName" as const },
  "2": { type: "literal" as const, value: "RENTREE10" },
};
const draft = { template, messageOne: template.body, variables };
const audience = { recipients: 3, excluded: 0, samples: [] };

test("a whole draft with somebody to reach is ready", () => {
  expect(launchBlocks(draft, audience)).toEqual([]);
});

test("a template without SID is to be configured first", () => {
  expect(launchBlocks({ ...draft, template: { ...template, contentSid: null } }, audience)).toEqual([
    "template",
  ]);
});

test("[EX-3.4] a variable that is missing, empty or of several lines keeps a draft back", () => {
  const { "2": _, ...missing } = variables;
  const filled = (value: string) => ({ ...variables, "2": { type: "literal" as const, value } });
  for (const each of [missing, filled(" "), filled("a\nb")]) {
    expect(launchBlocks({ ...draft, variables: each }, audience)).toEqual(["variables"]);
  }
});

test("a template gone from the account, and an audience of nobody, are named together", () => {
  const gone = { ...draft, template: null };
  expect(launchBlocks(gone, { ...audience, recipients: 0 })).toEqual(["removed", "recipients"]);
});
