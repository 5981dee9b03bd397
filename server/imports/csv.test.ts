import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvLine, createCsvReader, delimiterOf, encodingOf } from "#server/imports/csv.ts";

/** Reads a text cut at these places. */
function read(text: string, cuts: readonly number[] = []): CsvLine[] {
  const reader = createCsvReader(";");
  const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
  const pieces = places.slice(1).map((to, index) => text.slice(places[index], to));
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}
const cellsOf = (lines: readonly CsvLine[]) => lines.map(({ cells }) => cells);

describe("lines", () => {
  test("with quotes, line breaks inside them and line ends of every kind are what the writer meant", () => {
    expect(cellsOf(read('a;b\r"x; y";"two\nlines"\r\n"say ""hi""";é\nlast;one'))).toEqual([
      ["a", "b"],
      ["x; y", "two\nlines"],
      ['say "hi"', "é"],
      ["last", "one"],
    ]);
  });

  test("have the row a spreadsheet shows: blank ones are left out and counted", () => {
    expect(read('a\n\n;;\n  \n"b\nb"\nc').map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, "a"],
      [5, "b\nb"],
      [6, "c"],
    ]);
  });

  test("after a quote that never closes are told as lost", () => {
    expect(read('a;1\n"b;2\nc;3\nd;4').map(({ cells, isOpen }) => [cells[0], isOpen])).toEqual([
      ["a", false],
      ["b;2\nc;3\nd;4", true],
    ]);
  });

  test("are the same wherever the text is cut", () => {
    const cell = fc.stringMatching(/^[a"; é\n\r]{0,6}$/);
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const file = fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(file, fc.array(fc.nat(80), { maxLength: 8 }), (lines, cuts) => {
        const text = lines.map((cells) => cells.map(quoted).join(";")).join("\r\n");
        const whole = read(text);
        expect(
          read(
            text,
            cuts.map((at) => Math.min(at, text.length)),
          ),
        ).toEqual(whole);
        const meant = lines.map((cells) => cells.map((one) => one.replace(/\r\n?/g, "\n")));
        expect(cellsOf(whole)).toEqual(meant.filter((cells) => cells.some((one) => one.trim() !== "")));
      }),
    );
  });
});

test.each([
  ["a;b\nc;d", ";"],
  ["a,b\r\nc,d", ","],
  ["a\tb\rc\td", "\t"],
  ['nom;tel\n"Ana, Zoé;06\nBob;07', ";"],
  ["tel", ";"],
  ['"a, b";"c, d"\n\n"e, f";"g"', ";"],
])("the cells of %j are separated by %j", (text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter);
});

test.each([
  ["Zoé;Œuvre", "utf-8", Buffer.from("Zoé;Œuvre")],
  ["UTF-8 with its mark", "utf-8", Buffer.from("\ufeffZoé")],
  [
    "UTF-8 of which a byte broke",
    "utf-8",
    Buffer.concat([Buffer.from("Zoé;Éric;Ça\n"), Buffer.from([0xff])]),
  ],
  ["Windows-1252", "windows-1252", Buffer.from("Zoé;Éric", "latin1")],
  ["« Texte Unicode » of Excel", "utf-16le", Buffer.from("\ufeffZoé", "utf16le")],
] as const)("%s is read as %s", (_, encoding, bytes) => {
  expect(encodingOf(bytes)).toBe(encoding);
});
