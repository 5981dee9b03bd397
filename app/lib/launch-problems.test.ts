import { expect, test } from "vitest";
import { launchProblems } from "#app/lib/launch-problems.ts";

const template = {
  id: 1,
  contentSid: `HX${"a".repeat(32)}`,
  name: "Code",
  body: "Your {{1}} code is {{2}}",
  variables: {},
  approvalStatus: null,
  removed: false,
};
const ready = { total: 3, willSend: 3, problem: null };

test("a whole draft with somebody to reach is ready", () => {
  expect(launchProblems({ template }, ready)).toEqual([]);
});

test("[EX-3.4] what the launch would refuse is told in the words of its refusal", () => {
  const problem = {
    code: "campaign.variable_invalid" as const,
    meta: { variable: "2", problem: "multiline", contacts: 2 },
  };
  const [told, ...more] = launchProblems({ template }, { ...ready, problem });
  expect(told).toMatch(/^La variable \{\{2\}\} contient un retour à la ligne .* pour 2\u00a0contacts\.$/);
  expect(more).toEqual([]);
});

test("a template gone from the account, and an audience of nobody, are named together", () => {
  for (const gone of [null, { ...template, removed: true }]) {
    expect(launchProblems({ template: gone }, { ...ready, total: 0, willSend: 0 })).toEqual([
      expect.stringContaining("Ce modèle n’existe plus"),
      expect.stringContaining("n’ont aucun contact"),
    ]);
  }
});

test("a campaign whose contacts are all left out is told from one without contacts", () => {
  expect(launchProblems({ template }, { ...ready, willSend: 0 })).toEqual([
    "Tous les contacts des catégories choisies sont écartés.",
  ]);
});
