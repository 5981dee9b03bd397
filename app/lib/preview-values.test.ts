import { expect, test } from "vitest";
import { previewValues } from "#app/lib/preview-values.ts";

const camille = { firstName: "Camille", lastName: "Martin", fullNumber: "+33612345678" };
const nobody = { firstName: null, lastName: null, fullNumber: "+33612345679" };

test("fields of the contact fill the variables", () => {
  const sources = {
    1: { type: "literal", value: "novembre" },
    2: { type: "field", field: "fullName" },
    3: { type: "field", field: "phone" },
  } as const;
  expect(previewValues(sources, camille)).toEqual({ 1: "novembre", 2: "Camille Martin", 3: "+33612345678" });
});

test("a contact without the field gets the fallback, and without a fallback nothing", () => {
  const sources = {
    1: { type: "field", field: "firstName", fallback: "cher client" },
    2: { type: "field", field: "lastName" },
  } as const;
  expect(previewValues(sources, nobody)).toEqual({ 1: "cher client" });
});
