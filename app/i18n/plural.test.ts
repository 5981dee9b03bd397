import { expect, test } from "vitest";
import { count, plural } from "#app/i18n/plural.ts";

test("French says zero in the singular", () => {
  expect(plural(0, "contact", "contacts")).toBe("0\u00a0contact");
  expect(plural(1, "contact", "contacts")).toBe("1\u00a0contact");
  expect(plural(2, "contact", "contacts")).toBe("2\u00a0contacts");
});

test("thousands are grouped by a narrow space that does not break", () => {
  expect(count(1_234_567)).toBe("1\u202f234\u202f567");
});
