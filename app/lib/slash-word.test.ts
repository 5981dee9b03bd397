import { expect, test } from "vitest";
import { matchingReplies, replaceSlashWord, slashWord } from "#app/lib/slash-word.ts";

test.each([
  ["/", { word: "", start: 0 }],
  ["/bon", { word: "bon", start: 0 }],
  ["Merci /Été", { word: "été", start: 6 }],
  ["Merci\n/a-b", { word: "a-b", start: 6 }],
  ["et/ou", null],
  ["https://", null],
  ["/bon jour", null],
  ["", null],
])("%j at its end is the word %j", (text, word) => {
  expect(slashWord(text, text.length)).toEqual(word);
});

test("what stands behind the caret does not count, and stays", () => {
  const text = "Oui /hor demain";
  const found = slashWord(text, 8);
  expect(found).toEqual({ word: "hor", start: 4 });
  expect(replaceSlashWord(text, 8, found as NonNullable<typeof found>, "de 9 h à 18 h")).toEqual({
    text: "Oui de 9 h à 18 h demain",
    caret: 17,
  });
});

test("shortcuts are found by their beginnings, accents or not", () => {
  const replies = [{ shortcut: "été" }, { shortcut: "etoile" }, { shortcut: "merci" }];
  expect(matchingReplies(replies, "et").map(({ shortcut }) => shortcut)).toEqual(["été", "etoile"]);
  expect(matchingReplies(replies, "")).toHaveLength(3);
  expect(matchingReplies(replies, "zz")).toEqual([]);
});
