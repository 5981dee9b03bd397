import { expect, test } from "vitest";
import { type TextNode, whatsAppText } from "#app/lib/whatsapp-text.ts";

const bold = (...children: TextNode[]): TextNode => ({ kind: "bold", children });
const text = (content: string): TextNode => ({ kind: "text", text: content });

test("a plain text stays one piece, its line breaks kept", () => {
  expect(whatsAppText("Bonjour,\nà demain")).toEqual([text("Bonjour,\nà demain")]);
});

test("marks around words format them, nested ones too", () => {
  expect(whatsAppText("Un *grand _merci_* !")).toEqual([
    text("Un "),
    bold(text("grand "), { kind: "italic", children: [text("merci")] }),
    text(" !"),
  ]);
});

test("a mark within a word, or with nothing to close it, is a character like others", () => {
  expect(whatsAppText("2*3*4 et *ouvert")).toEqual([text("2*3*4 et *ouvert")]);
  expect(whatsAppText("nom_de_fichier")).toEqual([text("nom_de_fichier")]);
});

test("what is set in fixed letters is not formatted", () => {
  expect(whatsAppText("```*code*```")).toEqual([{ kind: "fixed", children: [text("*code*")] }]);
});

test("links keep their underscores and lead where they say", () => {
  expect(whatsAppText("Voir https://exemple.fr/a_b_c.")).toEqual([
    text("Voir "),
    { kind: "link", text: "https://exemple.fr/a_b_c", href: "https://exemple.fr/a_b_c" },
    text("."),
  ]);
});

test("a variable that nothing fills is seen", () => {
  expect(whatsAppText("Votre code {{1}}")).toEqual([
    text("Votre code "),
    { kind: "placeholder", text: "{{1}}" },
  ]);
});
