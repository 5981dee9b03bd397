import { expect, test } from "vitest";
import { moverLabels, needsJoin, twilioError, twilioErrors } from "#app/i18n/twilio-errors.ts";
import { errorCatalogue } from "#server/twilio/error-catalogue.ts";

test("every Twilio code the engine knows is explained in French", () => {
  const missing = Object.keys(errorCatalogue).filter((code) => twilioError(Number(code)) === null);
  expect(missing).toEqual([]);
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

test("[EX-7.5] 63007 names both explanations: the recipient has not joined, or the sender is wrong", () => {
  expect(needsJoin(63007)).toBe(true);
  expect(twilioError(63007)?.what).toMatch(/n’a pas rejoint le Sandbox.*n’est pas activé/);
});

test("a code nobody knows, and no code, have no explanation of ours", () => {
  expect(twilioError(99_999)).toBeNull();
  expect(twilioError(null)).toBeNull();
  expect(needsJoin(null)).toBe(false);
});
