import { expect, test } from "vitest";
import { storable } from "#server/webhooks/storable.ts";

test("only what the database cannot keep is replaced: NUL and halves of surrogate pairs", () => {
  expect(storable("a\0b\0")).toBe("a\uFFFDb\uFFFD");
  expect(storable("\ud83d \udc69 \udc69\ud83d")).toBe("\uFFFD \uFFFD \uFFFD\uFFFD");
  const written = "Zoé 👩‍👩‍👧‍👦🇫🇷\t\r\n\uFFFD";
  expect(storable(written)).toBe(written);
});
