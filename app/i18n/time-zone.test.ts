import { expect, test } from "vitest";
import { zonedFields, zoneLabel } from "#app/i18n/time-zone.ts";

test.each([
  ["Europe/Paris", "heure de Paris"],
  ["Europe/London", "heure de Londres"],
  ["Africa/Algiers", "heure d’Alger"],
  ["Africa/Cairo", "heure du Caire"],
  ["America/Argentina/Buenos_Aires", "heure de Buenos Aires"],
  ["UTC", "heure UTC"],
  ["Etc/GMT", "heure GMT"],
])("the time of %s is called %s", (timeZone, words) => {
  expect(zoneLabel(timeZone)).toBe(words);
});

test("a moment is written as the wall clock of its zone shows it, winter and summer", () => {
  expect(zonedFields(new Date("2026-12-31T23:30:00Z"), "Europe/Paris")).toEqual({
    date: "2027-01-01",
    time: "00:30",
  });
  expect(zonedFields(new Date("2026-07-01T07:05:00Z"), "Europe/Paris")).toEqual({
    date: "2026-07-01",
    time: "09:05",
  });
});
