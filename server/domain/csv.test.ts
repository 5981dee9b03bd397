import fc from "fast-check";
import { type CountryCode, getExampleNumber } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { listCountries } from "#server/domain/countries.ts";
import { csvDelimiters, csvLine, safeCell } from "#server/domain/csv.ts";
import { readImportLine } from "#server/domain/import-line.ts";
import { formatPhone } from "#server/domain/phone.ts";

test.each([
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ["+1+1", "'+1+1"],
  ["+33 6 12|calc", "'+33 6 12|calc"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t'=1"],
  ["\r=1", "'\r'=1"],
  ["\n=1", "'\n'=1"],
  ["＝1", "'＝1"],
  ["  =1", "'  =1"],
  ['"=1', "'\"=1"],
  ["a;=cmd()", "a;'=cmd()"],
  ["a,=cmd()", "a,'=cmd()"],
  ["a\t=cmd()", "a\t'=cmd()"],
  ['a;" =cmd()', "a;'\" =cmd()"],
  ["a\r\n-1", "a\r\n'-1"],
  ["a\r\rb", "a\r'\rb"],
  ["a;\tb", "a;'\tb"],
  ["Bonjour, Ana ;\r\n\r\nà demain", "Bonjour, Ana ;\r\n\r\nà demain"],
  ["Ana = Roy; a-b, 1+1", "Ana = Roy; a-b, 1+1"],
  ["", ""],
])("%j is written %j", (text, written) => {
  expect(safeCell(text)).toBe(written);
});

test("a phone number stays readable, and can be imported again", () => {
  const written = formatPhone("+33639980001");
  expect(csvLine([written], ";")).toBe("+33 6 39 98 00 01\r\n");
  expect(readImportLine([written], { number: 0 }, null).phone?.e164).toBe("+33639980001");
});

test("a number of any country stays as it is written", () => {
  for (const { code } of listCountries()) {
    const written = formatPhone(getExampleNumber(code as CountryCode, examples)?.number ?? "");
    expect(safeCell(written)).toBe(written);
  }
});

test("cells with quotes, delimiters and line breaks are quoted, and only those", () => {
  expect(csvLine(['a "b"', "c;d", "e,f", 3, null, "g\nh", " i"], ";")).toBe(
    '"a ""b""";"c;d";e,f;3;;"g\nh";" i"\r\n',
  );
  expect(csvLine(["c;d", "e,f"], ",")).toBe('c;d,"e,f"\r\n');
});

/** No quotes at all, as where somebody splits the text in columns by hand. */
const splitAt = (file: string, separator: string) =>
  file.split(/\r\n|\r|\n/).flatMap((line) => line.split(separator));
/** A row's own end, where a quote that opened swallowed it, begins nothing. */
const beginsFormula = (cell: string) =>
  /^["\s]*[=+\-@＝＋－＠]|^\t|^\r[^\n]/.test(cell) && !/^["\s]*\+33 6 39/.test(cell);

test("whatever the cells are, none begins a formula by any separator the file is read with", () => {
  const text = fc.stringMatching(/^[=+\-@＝"'; ,\t\r\na3]{0,12}$/);
  const cell = fc.oneof(text, text, fc.constant("+33 6 39 98 00 01"), fc.integer());
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(rows, fc.constantFrom(...csvDelimiters), (lines, delimiter) => {
      const file = lines.map((cells) => csvLine(cells, delimiter)).join("");
      for (const separator of [...csvDelimiters, "\t"]) {
        const read = (["\r\n", "\n"] as const).flatMap((newline) =>
          Papa.parse<string[]>(file, { delimiter: separator, newline }).data.flat(),
        );
        expect([...read, ...splitAt(file, separator)].filter(beginsFormula)).toEqual([]);
      }
    }),
    { numRuns: 1000 },
  );
});

test("whatever the cells are, the same ones are read back", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 5 }), (cells) => {
      const { data } = Papa.parse<string[]>(csvLine(cells, ";"), { delimiter: ";", newline: "\r\n" });
      expect(data[0]).toEqual(cells.map(safeCell));
    }),
  );
});
