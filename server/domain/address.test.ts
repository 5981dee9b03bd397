import fc from "fast-check";
import { expect, test } from "vitest";
import { maskPhone, numberInAddress, whatsappAddress } from "#server/domain/phone.ts";

const e164 = fc.stringMatching(/^\+[1-9]\d{6,14}$/);

test("[EX-2.2] a recipient's address is whatsapp:+… and gives the number back", () => {
  expect(whatsappAddress("+33612345678")).toBe("whatsapp:+33612345678");
  fc.assert(fc.property(e164, (number) => numberInAddress(whatsappAddress(number)) === number));
});

test.each([
  "whatsapp:FR.1A2B3C",
  "+33612345678",
  "whatsapp:33612345678",
  "whatsapp:+0612345678",
  "whatsapp:+",
  "whatsapp:+33612345678x",
  "messenger:+33612345678",
  "",
])("[EX-4.2] %j holds no number", (address) => {
  expect(numberInAddress(address)).toBeNull();
});

test("a log never shows more than the country and the last two digits", () => {
  expect(maskPhone("whatsapp:+33612345678")).toBe("+33…78");
  fc.assert(
    fc.property(e164, (number) => {
      const shown = maskPhone(number).match(/\d/g) ?? [];
      expect(shown.length).toBeLessThanOrEqual(4);
    }),
  );
});
