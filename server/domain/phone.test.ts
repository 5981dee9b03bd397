import { expect, test } from "vitest";
import { listCountries } from "#server/domain/countries.ts";
import { formatPhone, parsePhone } from "#server/domain/phone.ts";

const mobile = { e164: "+33612345678", countryCode: "+33", nationalNumber: "612345678", country: "FR" };

test.each([
  ["06 12 34 56 78", "FR"],
  ["612345678", "FR"],
  ["+33 6 12 34 56 78", null],
  ["+33 (0)6 12 34 56 78", null],
  ["0033 6 12 34 56 78", null],
  ["whatsapp:+33612345678", null],
  [" +33612345678 ", "SN"],
])("%s with the country %s is +33612345678", (input, country) => {
  expect(parsePhone(input, country)).toEqual(mobile);
});

test("a number of another country keeps its own dialling code", () => {
  expect(parsePhone("77 123 45 67", "SN")).toEqual({
    e164: "+221771234567",
    countryCode: "+221",
    nationalNumber: "771234567",
    country: "SN",
  });
});

test.each([
  ["", "FR", "required"],
  ["   ", "FR", "required"],
  ["06 12 34 56", "FR", "invalid_phone"],
  ["+33 6 12 34 56 78 90", "FR", "invalid_phone"],
  ["+33 0 00 00 00 00", null, "invalid_phone"],
  ["le 06 12 34 56 78 le soir", "FR", "invalid_phone"],
  ["06 12 34 56 78 poste 12", "FR", "invalid_phone"],
  ["06 12 34 56 78", null, "country_missing"],
  ["06 12 34 56 78", "XX", "country_missing"],
])("%j with the country %s is refused: %s", (input, country, problem) => {
  expect(parsePhone(input, country)).toEqual({ problem });
});

test("a number is written as a French reader expects, and what is no number as it is", () => {
  expect(formatPhone("+33612345678")).toBe("+33 6 12 34 56 78");
  expect(formatPhone("inconnu")).toBe("inconnu");
});

test("the countries have dialling codes and French names, France first", () => {
  const countries = listCountries();
  expect(countries[0]).toEqual({ code: "FR", dialCode: "+33", name: "France" });
  expect(countries).toContainEqual({ code: "DE", dialCode: "+49", name: "Allemagne" });
  const others = countries.slice(1).map(({ name }) => name);
  expect(others).toEqual([...others].sort(new Intl.Collator("fr").compare));
});
