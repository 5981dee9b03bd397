import { expect, test } from "vitest";
import { formProblem } from "#app/lib/form-problem.ts";

function posted(...fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const nothing = { code: null, meta: {}, fields: {} };

test("a wrong field gets its text and what was typed comes back, the password excepted", () => {
  const form = posted(["email", "claire@relance.test"], ["password", "secret"], ["ids", "1"], ["ids", "2"]);
  const problem = formProblem({ ...nothing, fields: { email: "required" } }, form);
  expect(problem.fieldErrors).toEqual({ email: "Ce champ est obligatoire." });
  expect(problem.formError).toBeNull();
  expect(problem.values).toEqual({ email: ["claire@relance.test"], ids: ["1", "2"] });
});

test("a refusal is shown beside the field it is about", () => {
  const refused = { ...nothing, code: "contact.already_exists" } as const;
  expect(formProblem(refused, posted(["number", "0612345678"]))).toMatchObject({
    fieldErrors: { number: "Un de vos contacts a déjà ce numéro." },
    formError: null,
  });
});

test("the same refusal concerns the whole form where there is no such field", () => {
  const refused = { ...nothing, code: "contact.already_exists" } as const;
  expect(formProblem(refused, posted(["intent", "delete"]))).toMatchObject({
    fieldErrors: {},
    formError: "Un de vos contacts a déjà ce numéro.",
  });
});

test("a field made of several is found by one of them", () => {
  const refused = {
    code: "campaign.variable_invalid",
    meta: { variable: "2", problem: "empty" },
    fields: {},
  } as const;
  const form = posted(["variables.2.source", "literal"], ["variables.2.text", ""]);
  expect(Object.keys(formProblem(refused, form).fieldErrors)).toEqual(["variables.2"]);
});

test("what concerns no field at all concerns the form", () => {
  expect(formProblem({ ...nothing, fields: { "": "invalid" } }, posted()).formError).not.toBeNull();
});
