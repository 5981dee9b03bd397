import fc from "fast-check";
import { expect, test } from "vitest";
import { hasMoreLines } from "#server/imports/count-lines.ts";
import { createCsvReader } from "#server/imports/csv.ts";

const utf8 = { encoding: "utf-8", delimiter: ";" } as const;
const moreThan = (max: number, text: string) => hasMoreLines(Buffer.from(text), utf8, max);
const bothSides = async (lines: number, text: string) => {
  expect([await moreThan(lines - 1, text), await moreThan(lines, text)]).toEqual([true, false]);
};

test.each([
  ["line feeds", "a\nb\nc"],
  ["the pairs of Windows", "a\r\nb\r\nc\r\n"],
  ["the carriage returns of an old Mac", "a\rb\rc\r"],
  ["all kinds", "a\rb\r\nc\n"],
  ["blank lines, which do not count", "a\n\n;;\n \nb\r\n\r\nc\n\n\n\n"],
  ["line breaks inside quotes, which end none", 'a\n"b\nb\r\nb\rb"\nc'],
])("lines with %s are counted", async (_, text) => {
  await bothSides(3, text);
});

test("those of Excel's « Texte Unicode » too, whose signs have bytes that look like line ends", async () => {
  const format = { encoding: "utf-16le", delimiter: "\t" } as const;
  // U+0D0A and U+0A0D: no line ends at all
  const bytes = Buffer.from("\ufeffa\u0d0a\u0a0d\r\nb\r\nc", "utf16le");
  expect([await hasMoreLines(bytes, format, 2), await hasMoreLines(bytes, format, 3)]).toEqual([true, false]);
});

test("as many are counted as an import reads", async () => {
  const text = fc.stringMatching(/^[a"; \n\r]{0,40}$/);
  await fc.assert(
    fc.asyncProperty(text, async (file) => {
      const reader = createCsvReader(";");
      const lines = [...reader.push(file), ...reader.end()].length;
      if (lines > 0) await bothSides(lines, file);
      else expect(await moreThan(0, file)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("twenty megabytes behind a quote that never closes are not read again and again", async () => {
  const text = `a\n"${'"b\n'.repeat(5_000_000)}`;
  expect(await moreThan(1_000_000, text)).toBe(false);
}, 30_000);
