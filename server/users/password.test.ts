import { expect, test } from "vitest";
import { makePassword, requireStrongPassword } from "#server/users/password.ts";

const email = "camille.durand@atelier-lumiere.fr";

function judgement(password: string): string {
  try {
    requireStrongPassword(password, { email });
    return "taken";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test.each([
  ["court", "user.weak_password"],
  ["onze lettre", "user.weak_password"],
  ["é".repeat(37), "user.long_password"],
  ["relance2026!", "user.common_password"],
  ["Motdepasse2026", "user.common_password"],
  ["AZERTYuiop12", "user.common_password"],
  ["aaaaaaaaaaaaaaaa", "user.common_password"],
  ["123456789012", "user.common_password"],
  ["abcdefghijkl", "user.common_password"],
  ["Durand.Camille1", "user.common_password"],
  ["atelier-lumiere", "user.common_password"],
  ["password password", "user.common_password"],
])("%s is refused", (password, code) => {
  expect(judgement(password)).toBe(code);
});

test.each([
  "une phrase qui se retient",
  "849302175639",
  "correct horse battery staple",
  "пароль-из-слов",
  "🦊🐻🐼🦁🐯🐸🐵🐔🐧🐦🐤🦆",
  `${"🙂".repeat(2)}lettres sans chiffre`,
])("%s is taken: any characters, no rule of what must be among them", (password) => {
  expect(judgement(password)).toBe("taken");
});

test("what we make ourselves is taken", () => {
  for (let n = 0; n < 200; n++) expect(judgement(makePassword())).toBe("taken");
});
