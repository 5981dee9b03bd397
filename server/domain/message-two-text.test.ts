import { expect, test } from "vitest";
import { messageTwoProblem, splitLinks } from "#server/domain/message-two-text.ts";

test("Message 2 has 1 to 1,600 characters", () => {
  expect(messageTwoProblem("")).toEqual({ key: "required" });
  expect(messageTwoProblem(" \n ")).toEqual({ key: "required" });
  expect(messageTwoProblem("a".repeat(1600))).toBeNull();
  expect(messageTwoProblem("a".repeat(1601))).toEqual({ key: "too_long" });
});

test.each([
  "Merci ! À bientôt.",
  "Voir https://exemple.fr.",
  "Voir (https://exemple.fr/offre?page=2&tri=prix#haut)",
  "Écrivez-nous : https://wa.me/33612345678?text=Bonjour",
  "wa.me/33612345678",
  "https://wa.me/message/ABCDEF123",
  "www.exemple.fr est ouvert",
  "https://fr.wikipedia.org/wiki/Paris_(Texas)",
  "https://xn--caf-dma.fr et https://café.fr",
  "Prix: 10€/mois, note:5/5",
])("%s is accepted", (text) => {
  expect(messageTwoProblem(text)).toBeNull();
});

test.each([
  ["Voir https://", "https://"],
  ["Voir http://localhost/x", "http://localhost/x"],
  ["Voir https://exemple", "https://exemple"],
  ["Voir ftp://exemple.fr", "ftp://exemple.fr"],
  ["Voir https://moi:secret@exemple.fr", "https://moi:secret@exemple.fr"],
  ["Voir https://192.168.1", "https://192.168.1"],
  ["Écrivez à https://wa.me/+33612345678", "https://wa.me/+33612345678"],
  ["Écrivez à wa.me/0612345678", "wa.me/0612345678"],
  ["Écrivez à https://wa.me/bonjour !", "https://wa.me/bonjour"],
  ["https://ok.fr puis https://exemple..fr", "https://exemple..fr"],
])("%s is refused, naming the link", (text, link) => {
  expect(messageTwoProblem(text)).toEqual({ key: "invalid_link", link });
});

test("a preview gets the text in parts whose links lead where they say", () => {
  const text = "Voir (https://exemple.fr/a), wa.me/33612345678 ou rien.";
  const parts = splitLinks(text);
  expect(parts).toEqual([
    { text: "Voir (" },
    { text: "https://exemple.fr/a", href: "https://exemple.fr/a" },
    { text: "), " },
    { text: "wa.me/33612345678", href: "https://wa.me/33612345678" },
    { text: " ou rien." },
  ]);
  expect(parts.map((part) => part.text).join("")).toBe(text);
});
