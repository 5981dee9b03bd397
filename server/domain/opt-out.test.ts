import fc from "fast-check";
import { expect, test } from "vitest";
import { keywordOf } from "#server/domain/opt-out.ts";

test.each([
  "STOP",
  "stop",
  " Stop. ",
  "« STOP »",
  "STOP !",
  "*stop*",
  "ARRÊT",
  "arret",
  "Arrêt",
  "arre\u0302t",
  "ARRÊTER",
  "désabonner",
  "Désinscription",
  "unsubscribe",
  "STOP 🙏",
  "Désinscrire",
  "DÉSINSCRIRE",
  "Me désinscrire",
  "désinscrivez-moi",
  "STOP SVP",
  "stop, merci !",
  "Bonjour, STOP s’il vous plaît.",
  "S'il te plaît arrêtez",
  "opt-out",
])("%j is a wish to hear no more", (body) => {
  expect(keywordOf(body)).toBe("stop");
});

test.each(["start", "START", "Unstop", "Reprendre", "réabonner"])("%j takes it back", (body) => {
  expect(keywordOf(body)).toBe("start");
});

test.each(["join paper-plane", "JOIN paper-plane", " join  paper-plane "])("%j joins the sandbox", (body) => {
  expect(keywordOf(body)).toBe("join");
});

test.each([
  "",
  "   ",
  "!!!",
  "👍",
  "join",
  "joindre quelqu'un",
  "Ne vous arrêtez pas",
  "stop ou encore",
  "à l'arrêt du bus",
  "stopper",
  "Bonjour",
  "Merci",
  "Bonjour, merci",
  "Stop au gaspillage",
  "merci de ne pas arrêter",
  "Cancel",
  "\u0000",
])("%j is an answer like any other", (body) => {
  expect(keywordOf(body)).toBeNull();
});

test("no text whatever makes it fail", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (body) => {
      expect(["stop", "start", "join", null]).toContain(keywordOf(body));
    }),
  );
});
