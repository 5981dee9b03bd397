import { expect, test } from "vitest";
import { errorField, errorText, fieldText, keptErrorText } from "#app/i18n/errors.ts";

test("[EX-3.4] a refused variable is named, with what is wrong and for how many contacts", () => {
  const meta = { variable: "2", problem: "empty", contacts: 3 };
  expect(errorText("campaign.variable_invalid", meta)).toBe(
    "La variable {{2}} est vide pour 3\u00a0contacts.",
  );
  expect(errorField("campaign.variable_invalid", meta)).toBe("variables.2");
});

test("an error that concerns the whole form has no field", () => {
  expect(errorField("auth.invalid_credentials")).toBeNull();
});

test("a key nobody foresaw still reads as a sentence", () => {
  expect(fieldText("unheard_of")).toBe("Cette valeur n’est pas acceptée.");
});

test("an error of which only the code was kept reads as a sentence, and what is no code of ours is none", () => {
  expect(keptErrorText("campaign.variable_invalid")).toBe("Une variable du modèle n’est pas valable.");
  expect(keptErrorText("all_refused")).toBeNull();
});
