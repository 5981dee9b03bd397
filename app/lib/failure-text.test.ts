import { expect, test } from "vitest";
import { moverLabels } from "#app/i18n/twilio-errors.ts";
import { type Failed, failureText, failureTitle } from "#app/lib/failure-text.ts";
import { unreachableReasons } from "#server/domain/failures.ts";

const nothing: Failed = { errorCode: null, errorMessage: null, reason: null };

test.each([...unreachableReasons, "absent_at_twilio"])(
  "%s is told as what it is, with whose move it is",
  (said) => {
    const text = failureText({ ...nothing, errorMessage: said });
    expect(text?.title).not.toContain(said);
    expect(text?.what).not.toContain(said);
    expect(text?.what).toMatch(/\.$/);
    expect(text?.todo).toMatch(/\.$/);
    expect(moverLabels[text?.mover ?? "nobody"]).toBeTruthy();
  },
);

test("only what is about the connection says that Twilio could not be reached", () => {
  const titles = [
    failureTitle(nothing),
    failureTitle({ ...nothing, errorMessage: "absent_at_twilio" }),
    failureTitle({ ...nothing, errorMessage: "Template not approved" }),
    failureTitle({ ...nothing, reason: "window_closed" }),
  ];
  expect(titles.join()).not.toContain("injoignable");
  expect(new Set(titles).size).toBe(4);
  expect(failureTitle({ ...nothing, errorMessage: "ENOTFOUND" })).toContain("injoignable");
});

test("what was said without a code is quoted", () => {
  expect(failureText({ ...nothing, errorMessage: "Number blocked" })?.what).toContain("Number blocked");
});

test("our own reason goes before the code of an earlier try", () => {
  const failed = { errorCode: 20429, errorMessage: "Too Many Requests", reason: "window_closed" };
  expect(failureTitle(failed)).toMatch(/^Fenêtre de 24/);
});

test("a code explains the failure; one nobody knows is left to Twilio's own text", () => {
  expect(failureTitle({ ...nothing, errorCode: 63015 })).toBe("Pas inscrit au Sandbox");
  expect(failureText({ ...nothing, errorCode: 99_999, errorMessage: "Something new" })).toBeNull();
  expect(failureTitle({ ...nothing, errorCode: 99_999 })).toMatch(/^Erreur Twilio.99999$/);
});
