import { expect, test } from "vitest";
import { campaignInput, typedCampaign } from "#app/lib/campaign-form.ts";
import { readForm } from "#app/lib/form-reader.ts";
import { createCampaignInput } from "#server/domain/inputs.ts";

function posted(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const complete: [string, string][] = [
  ["name", "Relance"],
  ["categoryIds", "3"],
  ["categoryIds", "5"],
  ["templateId", "2"],
  ["variables.1.source", "literal"],
  ["variables.1.text", "Relance"],
  ["variables.2.source", "firstName"],
  ["variables.2.text", "client"],
  ["variables.3.source", "phone"],
  ["messageTwo", "Merci\r\nà vous"],
];

test("a posted form becomes the campaign its fields say", () => {
  expect(campaignInput(readForm(posted(complete)))).toEqual({
    name: "Relance",
    categoryIds: [3, 5],
    templateId: 2,
    variables: {
      1: { type: "literal", value: "Relance" },
      2: { type: "field", field: "firstName", fallback: "client" },
      3: { type: "field", field: "phone" },
    },
    messageTwo: "Merci\nà vous",
  });
});

test("what it becomes is what the procedure takes", () => {
  expect(createCampaignInput.safeParse(campaignInput(readForm(posted(complete)))).success).toBe(true);
});

test("an empty form is refused by the procedure, not by a crash", () => {
  const result = createCampaignInput.safeParse(campaignInput(readForm(posted([]))));
  const fields = result.error?.issues.map(({ path }) => path[0]);
  expect(fields).toEqual(["name", "categoryIds", "templateId"]);
});

test("a refused form gives back what was typed", () => {
  const values = { name: ["Relance"], categoryIds: ["3"], templateId: ["2"], messageTwo: ["Merci"] };
  expect(typedCampaign(values)).toEqual({
    name: "Relance",
    categoryIds: [3],
    templateId: 2,
    variables: {},
    messageTwo: "Merci",
  });
});
