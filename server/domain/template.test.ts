import fc from "fast-check";
import { expect, test } from "vitest";
import {
  renderTemplate,
  templateParts,
  templateVariableNames,
  variableProblem,
} from "#server/domain/template.ts";

const name = fc.stringMatching(/^[A-Za-z0-9_]{1,16}$/);
/** Bodies full of braces, whole, broken and nested. */
const body = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      name.map((variable) => `{{${variable}}}`),
      fc.constantFrom("{{", "}}", "{", "}", "{{ 1 }}", "{{}}", "{{a b}}", "{{é}}"),
    ),
  )
  .map((parts) => parts.join(""));

test("[EX-3.3] the default template has two variables and reads as a code", () => {
  const text = "Your {{1}} code is {{2}}";
  expect(templateVariableNames(text)).toEqual(["1", "2"]);
  expect(renderTemplate(text, { 1: "Relance", 2: "1234" })).toBe("Your Relance code is 1234");
});

test("a variable used twice is asked for once, in the order of appearance", () => {
  expect(templateVariableNames("{{b}} {{a}} {{ b }}")).toEqual(["b", "a"]);
});

test.each(["{{}}", "{{ }}", "{{a b}}", "{1}", "{{é}}", "{{12345678901234567}}", "{{1}"])(
  "%s is plain text",
  (text) => {
    expect(templateParts(text)).toEqual([{ text }]);
  },
);

test("the parts of any body, joined again, are the body", () => {
  fc.assert(
    fc.property(body, (text) => {
      const tight = text.replace(/\{\{\s+|\s+\}\}/g, (braces) => braces.trim());
      const joined = templateParts(tight).map((part) =>
        "text" in part ? part.text : `{{${part.variable}}}`,
      );
      expect(joined.join("")).toBe(tight);
      expect(renderTemplate(tight, {})).toBe(tight);
    }),
  );
});

test("with every variable filled no placeholder is left, and values are never read as placeholders", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ before: fc.stringMatching(/^[^{}]*$/), variable: name })),
      name,
      (pieces, value) => {
        const text = pieces.map(({ before, variable }) => `${before}{{${variable}}}`).join("");
        const names = templateVariableNames(text);
        const filled = renderTemplate(text, Object.fromEntries(names.map((key) => [key, value])));
        expect(filled).toBe(pieces.map(({ before }) => before + value).join(""));
        const tricky = renderTemplate(text, Object.fromEntries(names.map((key) => [key, "{{1}} $& $1"])));
        expect(tricky).toBe(pieces.map(({ before }) => `${before}{{1}} $& $1`).join(""));
      },
    ),
  );
});

test("a variable named like something every object has is not filled by it", () => {
  expect(renderTemplate("{{toString}} {{constructor}}", {})).toBe("{{toString}} {{constructor}}");
});

test.each([
  [undefined, "missing"],
  [null, "missing"],
  ["", "empty"],
  ["   ", "empty"],
  ["\u00a0", "empty"],
  ["deux\nlignes", "multiline"],
  ["deux\rlignes", "multiline"],
  ["a\tb", "multiline"],
  ["a     b", "spaces"],
  ["a".repeat(1601), "too_long"],
] as const)("[EX-3.4] %j is refused: %s", (value, problem) => {
  expect(variableProblem(value)).toBe(problem);
});

test.each(["1234", "a    b", "a".repeat(1600), "Zoé 👩‍👩‍👧", "0"])("[EX-3.4] %j may be sent", (value) => {
  expect(variableProblem(value)).toBeNull();
});
