import { expect, test } from "vitest";
import { contactLabel, contactName } from "#app/lib/contact-name.ts";
import { foldText } from "#app/lib/fold-text.ts";

test("a contact is called by its name, and by its number when it has none", () => {
  const fullNumber = "+33639980001";
  expect(contactName({ firstName: "Élodie", lastName: "Martin" })).toBe("Élodie Martin");
  expect(contactName({ firstName: null, lastName: "Martin" })).toBe("Martin");
  expect(contactName({ firstName: "", lastName: null })).toBeNull();
  expect(contactLabel({ firstName: null, lastName: null, fullNumber })).toBe("+33 6 39 98 00 01");
});

test("searching minds neither accents nor capitals", () => {
  expect(foldText(" La RÉUNION ")).toBe("la reunion");
  expect(foldText("Çà et là")).toBe("ca et la");
});
