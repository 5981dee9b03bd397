import fc from "fast-check";
import { expect, test } from "vitest";
import { catalogueEntry, type ErrorClass, errorCatalogue } from "#server/twilio/error-catalogue.ts";

test.each([
  ["retryable", [20429, 63018, 63009, 30001, 21611]],
  ["recipient", [21211, 21610, 63003, 63015, 63016, 63024, 21614]],
  ["account", [20003, 20404, 21654, 63112, 63038]],
  ["channel", [63007]],
  ["content", [21655, 21656, 63013, 63028]],
] satisfies [ErrorClass, number[]][])(
  "codes of the class %s do what the specification says",
  (kind, codes) => {
    for (const code of codes) expect([code, catalogueEntry(code).class]).toEqual([code, kind]);
  },
);

test("[EX-7.1] 63015 says that the contact is not in the sandbox, 21610 and 63014 that they want no messages", () => {
  const codesWith = (trait: "leftSandbox" | "optedOut") =>
    Object.keys(errorCatalogue)
      .map(Number)
      .filter((code) => catalogueEntry(code)[trait]);
  expect(codesWith("leftSandbox")).toEqual([63015]);
  expect(codesWith("optedOut")).toEqual([21610, 63014]);
});

test("the daily limit pauses the sender for a day, every other refusal of the account until somebody looks", () => {
  const timed = Object.entries(errorCatalogue).filter(([, entry]) => entry.pauseHours !== undefined);
  expect(timed).toEqual([["63038", { class: "account", pauseHours: 24 }]]);
});

test("a code we do not know, or none, is final and never taken for one we know", () => {
  expect(catalogueEntry(null)).toEqual({ class: "content" });
  fc.assert(
    fc.property(fc.integer(), (code) => {
      fc.pre(!Object.hasOwn(errorCatalogue, code));
      expect(catalogueEntry(code)).toEqual({ class: "content" });
    }),
  );
});
