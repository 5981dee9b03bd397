import { expect, test } from "vitest";
import { codeOf, headingsOf, inlineCodeOf, linksOf, rowsOf, sectionOf } from "#scripts/lib/markdown.ts";

const page = [
  "# Été : l'envoi",
  "Voir [là](a.md#b) et `[pas](un-lien)`, `PORT`.",
  "```sh",
  "# pas un titre [ni](un-lien)",
  "```",
  "## 3.3 Arrêter, reprendre",
  "dedans",
  "### Sous-titre",
  "encore",
  "## 3.3 Arrêter, reprendre",
  "| a | `b` |",
].join("\n");

test("headings have GitHub's anchors, repeated ones a number", () => {
  expect(headingsOf(page).map(({ anchor }) => anchor)).toEqual([
    "été--lenvoi",
    "33-arrêter-reprendre",
    "sous-titre",
    "33-arrêter-reprendre-1",
  ]);
});

test("a section goes to the next heading of its level, and has to be there", () => {
  expect(sectionOf(page, "3.3 Arrêter")).toBe("dedans\n### Sous-titre\nencore");
  expect(() => sectionOf(page, "4")).toThrow("no heading");
});

test("links, code and rows are read where they are ones", () => {
  expect(linksOf(page)).toEqual(["a.md#b"]);
  expect(codeOf(page, "sh")).toEqual(["# pas un titre [ni](un-lien)\n"]);
  expect(inlineCodeOf(page)).toEqual(["[pas](un-lien)", "PORT", "b"]);
  expect(rowsOf(page)).toEqual([["a", "`b`"]]);
});
