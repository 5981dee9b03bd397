// The pictures of docs/Architecture.md say what the code says.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { codeOf, inlineCodeOf, rowsOf, sectionOf } from "#scripts/lib/markdown.ts";
import { type MessageStatus, messageMoves, messageStatuses } from "#server/domain/message-status.ts";

const page = readFileSync("docs/Architecture.md", "utf8");
const pictures = codeOf(page, "mermaid");
const pictureOf = (kind: string) => pictures.find((picture) => picture.startsWith(kind)) ?? "";

test("the picture of a message's life has every move of the table, and no other", () => {
  const moves = Object.entries(messageMoves).flatMap(([cause, { from, to }]) =>
    from.flatMap((before: MessageStatus) => to.map((after) => `${before} --> ${after}: ${cause}`)),
  );
  const arrows = [...pictureOf("stateDiagram-v2").matchAll(/^ *(\w+) --> (\w+): (.+)$/gm)];
  const drawn = arrows.flatMap(([, before, after, causes = ""]) =>
    causes.split(", ").map((cause) => `${before} --> ${after}: ${cause}`),
  );
  expect(drawn.sort()).toEqual(moves.sort());
});

test("every state is explained", () => {
  const named = rowsOf(sectionOf(page, "La vie d'un message")).flatMap(([state = ""]) => inlineCodeOf(state));
  expect(named).toEqual([...messageStatuses]);
});

test("every table is explained, and the picture of the tables draws none that is not there", () => {
  const schema = readdirSync("db/schema").map((file) => readFileSync(`db/schema/${file}`, "utf8"));
  const tables = [...schema.join("\n").matchAll(/pgTable\(\s*"(\w+)"/g)].map(([, name = ""]) => name);
  const explained = rowsOf(sectionOf(page, "Les données")).flatMap(([names = ""]) => inlineCodeOf(names));
  expect(explained.sort()).toEqual(tables.sort());
  const drawn = [...pictureOf("erDiagram").matchAll(/^ *(\w+) \S+ (\w+) :/gm)].flatMap((arrow) =>
    arrow.slice(1, 3),
  );
  expect(drawn.length).toBeGreaterThan(20);
  expect(drawn.filter((name) => !tables.includes(name))).toEqual([]);
});
