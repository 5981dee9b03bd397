import { expect, test } from "vitest";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";

test("no line breaks before a French punctuation mark or inside quotation marks", () => {
  const texts = frenchSpaces({
    title: (name: string) => `Lancer « ${name} » ?`,
    nested: { text: "Rien ne part : attendez !" },
    link: "https://exemple.fr/?a=1",
  });
  expect(texts.title("Rentrée")).toBe("Lancer «\u00a0Rentrée\u00a0»\u00a0?");
  expect(texts.nested.text).toBe("Rien ne part\u00a0: attendez\u00a0!");
  expect(texts.link).toBe("https://exemple.fr/?a=1");
});
