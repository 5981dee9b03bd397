import { expect, test } from "vitest";
import { type Mover, moverLabels, needsJoin, twilioError, twilioErrors } from "#app/i18n/twilio-errors.ts";
import { errorCatalogue } from "#server/twilio/error-catalogue.ts";

test("every Twilio code the engine knows is explained in French", () => {
  const missing = Object.keys(errorCatalogue).filter((code) => twilioError(Number(code)) === null);
  expect(missing).toEqual([]);
});

/** Every code an operator may meet, as Twilio documents them. */
const documented = [
  11200, 20003, 20404, 20429, 20500, 21211, 21408, 21602, 21603, 21608, 21609, 21610, 21611, 21617, 21619,
  21654, 21655, 21656, 21701, 21703, 21704, 21910, 30001, 30003, 30005, 30008, 30036, 57012, 63001, 63002,
  63003, 63005, 63007, 63009, 63010, 63012, 63013, 63014, 63015, 63016, 63017, 63018, 63019, 63020, 63021,
  63024, 63027, 63028, 63030, 63031, 63032, 63033, 63038, 63040, 63041, 63042, 63049, 63051, 63062, 63112,
];

test.each(documented)("Twilio's %i is explained in French", (code) => {
  expect(twilioError(code)?.what).toMatch(/\p{L}{3}/u);
});

test("who has to move is offered the button that moves: a contact to invite, a card or a campaign to correct", () => {
  const offered: Record<string, Mover[]> = {
    // 63007: the operator first, and whom to invite when it is one contact alone
    join: ["contact", "operator"],
    edit_contact: ["admin", "contact"],
    edit_campaign: ["admin"],
    retry: ["twilio", "operator", "admin", "contact", "nobody"],
  };
  for (const [code, { cure, mover }] of Object.entries(twilioErrors)) {
    if (cure) expect(offered[cure], code).toContain(mover);
    // what an admin can change has a button that leads there
    if (mover === "admin") expect(cure, code).toBeDefined();
  }
});

test("every explanation says what happened, whose move it is and what to do", () => {
  for (const [code, { title, what, mover, todo }] of Object.entries(twilioErrors)) {
    expect(title.length, code).toBeGreaterThan(3);
    expect(what, code).toMatch(/[.!]$/);
    expect(moverLabels[mover], code).toBeTruthy();
    expect(todo, code).toMatch(/[.!]$/);
  }
});

test("[EX-7.1] a recipient who has not joined the sandbox is said to have to join", () => {
  expect(needsJoin(63015)).toBe(true);
  expect(twilioError(63015)?.todo).toContain("code d’inscription");
});

test("[EX-7.5] 63007 names both explanations, Twilio's first: the sender is wrong, or the recipient has not joined", () => {
  expect(needsJoin(63007)).toBe(true);
  expect(twilioError(63007)).toMatchObject({
    title: expect.stringMatching(/^Expéditeur introuvable/),
    what: expect.stringMatching(
      /^Twilio ne trouve pas l’expéditeur.*Sandbox non activé.*n’a pas rejoint le Sandbox/,
    ),
    mover: "operator",
    todo: expect.stringMatching(/^Vérifiez TWILIO_SANDBOX_NUMBER.*code d’inscription/),
  });
});

test("a refusal with two causes at Twilio says both", () => {
  expect(twilioError(21608)?.what).toMatch(/d’essai, ou sans profil de conformité approuvé/);
  expect(twilioError(21654)?.what).toMatch(/comptes d’essai.*ContentVariables.*sans modèle/);
});

test("a code nobody knows, and no code, have no explanation of ours", () => {
  expect(twilioError(99_999)).toBeNull();
  expect(twilioError(null)).toBeNull();
  expect(needsJoin(null)).toBe(false);
});
