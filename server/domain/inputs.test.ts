import { expect, test } from "vitest";
import type { z } from "zod";
import { createCampaignInput, createCategoryInput, createContactInput } from "#server/domain/inputs.ts";

/** field → key of its first problem, as forms get it */
function problems(schema: z.ZodType, value: unknown): Record<string, string> {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return Object.fromEntries(issues.reverse().map((issue) => [issue.path.join("."), issue.message]));
}

test("every wrong field of a contact is named by a key", () => {
  expect(problems(createContactInput, {})).toEqual({ number: "required" });
  expect(problems(createContactInput, { number: "06 12", country: "FR" })).toEqual({
    number: "invalid_phone",
  });
  expect(problems(createContactInput, { number: "06 12 34 56 78" })).toEqual({ number: "country_missing" });
  expect(problems(createContactInput, { number: "+33612345678", firstName: "a".repeat(101) })).toEqual({
    firstName: "too_long",
  });
});

test("blank names of a contact are none", () => {
  const contact = createContactInput.parse({ number: "+33612345678", firstName: "  ", lastName: " Roux " });
  expect(contact).toMatchObject({ firstName: null, lastName: "Roux", categoryIds: [] });
});

test("a category needs a name and a colour", () => {
  expect(problems(createCategoryInput, { name: " ", color: "#12" })).toEqual({
    name: "required",
    color: "invalid_color",
  });
});

test("a campaign needs a name and a category, its Message 2 is optional and checked", () => {
  const draft = { name: "Rentrée", categoryIds: [1], templateId: 1 };
  expect(createCampaignInput.parse({ ...draft, messageTwo: "  " })).toMatchObject({ messageTwo: null });
  expect(problems(createCampaignInput, { ...draft, name: "", categoryIds: [] })).toEqual({
    name: "required",
    categoryIds: "required",
  });
  expect(problems(createCampaignInput, { ...draft, messageTwo: "voir https://x" })).toEqual({
    messageTwo: "invalid_link",
  });
});
