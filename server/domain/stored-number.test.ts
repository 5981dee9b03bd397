import { expect, test } from "vitest";
import { readProvenNumber, readStoredNumber } from "#server/domain/stored-number.ts";

const cases: [fullNumber: string, countryCode: string, meant: string | null][] = [
  ["+33612345678", "+33", "+33612345678"],
  ["33612345678", "33", "+33612345678"],
  ["33612345678", "", "+33612345678"],
  ["+33 6 12 34 56 78", "+33", "+33612345678"],
  ["+33\u00a06.12.34-56(78)", "+33", "+33612345678"],
  ["\u202a+33612345678\u202c", "+33", "+33612345678"],
  ["0033612345678", "+33", "+33612345678"],
  ["0612345678", "+33", "+33612345678"],
  ["612345678", "33", "+33612345678"],
  ["+330612345678", "+33", "+33612345678"],
  ["4915112345678", "+33", "+4915112345678"],
  ["+2250701020304", "+225", "+2250701020304"],
  ["+33612", "+33", null],
  ["0000000000", "+33", null],
  ["Zoé", "+33", null],
  ["", "+33", null],
  ["+33612345678 poste 12", "+33", null],
];

test.each(cases)("%s of %s is %s", (fullNumber, countryCode, meant) => {
  expect(readStoredNumber({ fullNumber, countryCode })?.e164 ?? null).toBe(meant);
});

test("country code and national number are told apart", () => {
  expect(readStoredNumber({ fullNumber: "33 6 12 34 56 78", countryCode: "33" })).toMatchObject({
    countryCode: "+33",
    nationalNumber: "612345678",
  });
});

test("what is a valid number in two ways is nobody's to guess", () => {
  // +44 7911 123456 written without its plus is a British mobile; in Germany the same digits are a number too.
  const german = readStoredNumber({ fullNumber: "447911123456", countryCode: "+49" });
  expect(german).toBeNull();
  expect(readStoredNumber({ fullNumber: "447911123456", countryCode: "+44" })?.e164).toBe("+447911123456");
});

test.each<[fullNumber: string, countryCode: string, meant: string | null]>([
  ["+225 01 02 03 04", "+225", "+22501020304"],
  ["22501020304", "225", "+22501020304"],
  ["0022501020304", "+225", "+22501020304"],
  // no number of the contact's country: whose it is would be a guess
  ["447911123456", "+49", null],
  ["+22501020304", "", null],
  ["0102030405", "+225", null],
  ["+2251", "+225", null],
  ["+2250102030405060", "+225", null],
  ["+22501020304 poste 4", "+225", null],
])("%s of %s, where a message arrived, is %s", (fullNumber, countryCode, meant) => {
  expect(readProvenNumber({ fullNumber, countryCode })?.e164 ?? null).toBe(meant);
});
