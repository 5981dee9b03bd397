// A file as a bad day brings it: every tenth line of another kind, and what is between them.
const blocks = 10_000;

/** `07 10 …`: six numbers of ten are somebody's. */
const national = (block: number, nth: number) => `07${10_000_000 + block * 10 + nth}`;
const spaced = (number: string) => number.replace(/(\d\d)(?=\d)/g, "$1 ");

/** Ten lines, and two blank ones. */
function block(n: number): string[] {
  const number = (nth: number) => national(n, nth);
  return [
    `Prénom${n};Plain;${spaced(number(0))};`,
    `"Zoé; dite ""Zouzou""\nla grande";Quoted;${number(1)};"deux\r\nlignes; ""oui"""`,
    `=cmd|' /C calc'!A0;+Formula;${number(2)};=1+1`,
    `  Éric\u00a0;  Spaced ;\u00a0${spaced(number(3))}  ;`,
    `Ana;Repaired;${number(4).slice(1)}.0;`,
    "",
    `Ana;Double;+33 ${spaced(number(0)).slice(1)};`,
    `Luc;Wrong;${n};`,
    `Bob;Rounded;6,3998E+08;`,
    `Ægir Œuvre-Łukasz 🎉;Accents;'${number(5)};ça`,
    " ; ;;",
    "Eve;Nothing;  ;",
  ];
}

/** Six of ten lines have a number of their own. */
export const hostileCounts = {
  lines: 10 * blocks,
  accepted: 5 * blocks,
  repaired: blocks,
  refused: {
    duplicate_in_file: blocks,
    invalid_phone: blocks,
    required: blocks,
    spreadsheet_number: blocks,
  },
};

/** UTF-8 with its mark, the line ends of Windows. */
export function hostileFile(): Buffer {
  const lines = Array.from({ length: blocks }, (_, n) => block(n)).flat();
  return Buffer.from(`\ufeffPrénom;Nom;Téléphone;Remarque\r\n${lines.join("\r\n")}\r\n\r\n`);
}
