import { expect, test } from "vitest";
import { filterWord, inboxQueryOf, listPart } from "#app/lib/inbox-query.ts";

test("what an address asks for, nonsense left out", () => {
  expect(inboxQueryOf(new URLSearchParams("recherche= lou &filtre=unread"))).toEqual({
    search: "lou",
    filter: "unread",
  });
  expect(inboxQueryOf(new URLSearchParams("filtre=inconnus"))).toEqual({ search: "", filter: "strangers" });
  expect(inboxQueryOf(new URLSearchParams("filtre=x'--&recherche=%00"))).toEqual({
    search: "",
    filter: null,
  });
});

test("a filter is written as it is read", () => {
  for (const filter of ["unread", "window_open", "opted_out", "strangers"] as const) {
    expect(inboxQueryOf(new URLSearchParams({ filtre: filterWord(filter) ?? "" })).filter).toBe(filter);
  }
});

test("another conversation keeps the list and nothing of the thread", () => {
  const params = new URLSearchParams("filtre=unread&fil=9_sent_x&reponse=modele&modele=3&apres=4_x");
  expect(listPart(params)).toBe("?filtre=unread&apres=4_x");
  expect(listPart(new URLSearchParams("fil=9"))).toBe("");
});
