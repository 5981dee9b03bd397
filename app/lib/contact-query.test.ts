import { expect, test } from "vitest";
import { contactQueryOf, contactSortOf, isFiltered } from "#app/lib/contact-query.ts";

const params = (text: string) => new URLSearchParams(text);

test("an address says what is searched, filtered and ordered", () => {
  const asked = params("recherche=+Ana+&categorie=3&etat=left&situation=opted_out&tri=name");
  expect(contactQueryOf(asked)).toEqual({
    search: "Ana",
    categoryId: 3,
    state: "left",
    situation: "opted_out",
  });
  expect(contactSortOf(asked)).toBe("name");
  expect(isFiltered(contactQueryOf(asked))).toBe(true);
});

test("what it does not know is as if it were not there", () => {
  const asked = params("categorie=x&etat=parti&situation=&tri=%00&recherche=%00");
  expect(contactQueryOf(asked)).toEqual({ search: "", categoryId: null, state: null, situation: null });
  expect(contactSortOf(asked)).toBe("recent");
  expect(isFiltered(contactQueryOf(asked))).toBe(false);
});
