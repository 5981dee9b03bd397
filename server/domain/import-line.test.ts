import fc from "fast-check";
import { type CountryCode, getExampleNumber } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";
import { describe, expect, test } from "vitest";
import { listCountries } from "#server/domain/countries.ts";
import { guessColumns, hasHeader } from "#server/domain/import-columns.ts";
import { readImportLine } from "#server/domain/import-line.ts";

const columns = { number: 0, firstName: 1, lastName: 2 };
const read = (number: string, country: string | null = "FR") =>
  readImportLine([number, "Ana", "Roy"], columns, country);

describe("a number", () => {
  test.each([
    ["06 39 98 00 01", "+33639980001"],
    ["+33 6 39 98 00 01", "+33639980001"],
    ["0033639980001", "+33639980001"],
    ["639980001", "+33639980001"],
    ["whatsapp:+33639980001", "+33639980001"],
    ["'+33639980001", "+33639980001"],
    ["\u00a006.39.98.00.01 ", "+33639980001"],
    ["+32 470 12 34 56", "+32470123456"],
  ])("%j is accepted as it is written", (number, e164) => {
    expect(read(number)).toMatchObject({ phone: { e164 }, repaired: false, reason: null });
  });

  test.each([
    ["33639980001", "+33639980001"],
    ["639980001.0", "+33639980001"],
    ["330639980001", "+33639980001"],
    ["+34 (0)612 34 56 78", "+34612345678"],
    ["34(0)612345678", "+34612345678"],
    ["+33 (0)6 39 98 00 01", "+33639980001"],
  ])("%j is mended", (number, e164) => {
    expect(read(number)).toMatchObject({ phone: { e164 }, reason: null });
  });

  test.each([
    ["", "required"],
    ["   ", "required"],
    ["6,39980E+08", "spreadsheet_number"],
    ["12", "invalid_phone"],
    ["pas un numéro", "invalid_phone"],
    ["=cmd|' /C calc'!A0", "invalid_phone"],
  ])("%j is refused: %s", (number, reason) => {
    expect(read(number)).toMatchObject({ phone: null, reason });
  });

  test("of no country is refused as such when none is chosen", () => {
    expect(read("06 39 98 00 01", null)).toMatchObject({ reason: "country_missing" });
  });

  test.each([
    ["0470 12 34 56", "+32", "+32470123456"],
    ["639980001.0", "33", "+33639980001"],
    ["00 33 6 39 98 00 01", "32", "+33639980001"],
    ["07 70 12 34 56", "225", "+2250770123456"],
    ["06 612 3456", "00242", "+242066123456"],
    ["06 03 12 34", "241", "+24106031234"],
    ["06 698 12345", "39", "+390669812345"],
    ["06 20 123 4567", "36", "+36201234567"],
    ["457 1234", "1-242", "+12424571234"],
  ])("%j beside the dialling code %j in a column of its own is %s", (number, dialCode, e164) => {
    const line = readImportLine([number, dialCode], { number: 0, dialCode: 1 }, "FR");
    expect(line).toMatchObject({ phone: { e164 }, reason: null });
  });

  test("is never mended by taking a zero out of its middle", () => {
    expect(read("+336012345678")).toMatchObject({ phone: null, reason: "invalid_phone" });
  });

  test("of any country, as its people write it, is the same beside the country and beside the dialling code", () => {
    const countries = listCountries();
    const ways = fc.record({
      separator: fc.constantFrom(" ", "", "\u00a0", ".", "-"),
      plus: fc.constantFrom("", "+", "00"),
      around: fc.constantFrom("", " ", "\u202f"),
    });
    fc.assert(
      fc.property(ways, ({ separator, plus, around }) => {
        for (const { code, dialCode } of countries) {
          const example = getExampleNumber(code as CountryCode, examples);
          const number = around + example?.formatNational().replace(/[^\d]+/g, separator) + around;
          const beside = readImportLine([number], { number: 0 }, code);
          const column = [number, plus + dialCode.slice(1)];
          const apart = readImportLine(column, { number: 0, dialCode: 1 }, "FR");
          const expected = { phone: { e164: example?.number }, repaired: false, reason: null };
          expect([code, number, beside, apart]).toMatchObject([code, number, expected, expected]);
        }
      }),
      { numRuns: 45 },
    );
  });
});

test("a character that was lost on the way is not imported as if it were one", () => {
  for (const cells of [
    ["0639980001", "Zo\ufffd", ""],
    ["0639980001", "", "Lef\ufffdvre"],
    ["06\ufffd39980001", "", ""],
  ])
    expect(readImportLine(cells, columns, "FR")).toMatchObject({ phone: null, reason: "unreadable_text" });
  expect(readImportLine(["0639980001", "Ana", "", "\ufffd"], columns, "FR")).toMatchObject({ reason: null });
});

test("a name longer than the column is refused, a missing one is none", () => {
  expect(readImportLine(["0639980001", "x".repeat(101)], columns, "FR").reason).toBe("name_too_long");
  expect(readImportLine(["0639980001", " "], columns, "FR")).toMatchObject({
    firstName: null,
    lastName: null,
  });
});

test("whatever the cells are, reading a line does not fail, and what is accepted is E.164", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 5 }), (cells) => {
      const line = readImportLine(cells, columns, "FR");
      expect((line.phone === null) === (line.reason !== null && line.reason !== "name_too_long")).toBe(true);
      if (line.phone) expect(line.phone.e164).toMatch(/^\+[1-9]\d{4,14}$/);
    }),
  );
});

describe("the columns of a file", () => {
  const sample = [["Roy", "Ana", "0639980001"]];
  test.each([
    [["Nom", "Prénom", "Téléphone"], { lastName: 0, firstName: 1, number: 2 }],
    [["LAST NAME", "First_Name", "Phone number *"], { lastName: 0, firstName: 1, number: 2 }],
    [["nom de famille", "prénom du client", "tél. portable"], { lastName: 0, firstName: 1, number: 2 }],
    [["Indicatif", "Numéro", "Prénom"], { dialCode: 0, number: 1, firstName: 2 }],
  ])("%j are known by their names", (header, expected) => {
    expect(hasHeader(header, "FR")).toBe(true);
    expect(guessColumns(header, sample, "FR")).toEqual(expected);
  });

  test("without names, the column of numbers is found by what is in it", () => {
    expect(hasHeader(sample[0] as string[], "FR")).toBe(false);
    expect(guessColumns(null, sample, "FR")).toEqual({ number: 2 });
  });
});
