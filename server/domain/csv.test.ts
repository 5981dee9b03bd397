import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { csvLine, safeCell } from "#server/domain/csv.ts";
import { readImportLine } from "#server/domain/import-line.ts";
import { formatPhone } from "#server/domain/phone.ts";

test.each([
  ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ["+1+1", "'+1+1"],
  ["+33 6 12|calc", "'+33 6 12|calc"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", "'\r=1"],
  ["\n=1", "'\n=1"],
  ["＝1", "'＝1"],
  ["Ana = Roy", "Ana = Roy"],
  ["", ""],
])("%j is written %j", (text, written) => {
  expect(safeCell(text)).toBe(written);
});

test("a phone number stays readable, and can be imported again", () => {
  const written = formatPhone("+33639980001");
  expect(csvLine([written], ";")).toBe("+33 6 39 98 00 01\r\n");
  expect(readImportLine([written], { number: 0 }, null).phone?.e164).toBe("+33639980001");
});

test("cells with quotes, delimiters and line breaks are quoted, and only those", () => {
  expect(csvLine(['a "b"', "c;d", "e,f", 3, null, "g\nh", " i"], ";")).toBe(
    '"a ""b""";"c;d";e,f;3;;"g\nh";" i"\r\n',
  );
  expect(csvLine(["c;d", "e,f"], ",")).toBe('c;d,"e,f"\r\n');
});

test("whatever the cells are, the same ones are read back", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 5 }), (cells) => {
      const { data } = Papa.parse<string[]>(csvLine(cells, ";"), { delimiter: ";", newline: "\r\n" });
      expect(data[0]).toEqual(cells.map(safeCell));
    }),
  );
});
