import { expect, test } from "vitest";
import { createFormat, duration, percent, seconds } from "#app/i18n/format.ts";

const { time, preciseTime, date, dateTime, when, until, relative } = createFormat("Europe/Paris");
const now = new Date("2026-11-23T09:30:00Z");
const at = (text: string) => new Date(text);
/** every kind of space as a plain one, to compare words */
const plain = (text: string) => text.replace(/\s/g, " ");

test("times are those of the display time zone, in winter and in summer", () => {
  expect(time(at("2026-11-23T13:05:00Z"))).toBe("14:05");
  expect(time(at("2026-07-14T13:05:00Z"))).toBe("15:05");
  expect(createFormat("America/Martinique").time(at("2026-11-23T13:05:00Z"))).toBe("09:05");
});

test("what is traced is told to the millisecond", () => {
  expect(preciseTime(at("2026-11-23T13:05:03.007Z"))).toBe("14:05:03,007");
  expect(preciseTime(at("2026-11-23T13:05:59.999Z"))).toBe("14:05:59,999");
});

test("midnight is 00:00 and belongs to the day that begins", () => {
  expect(dateTime(at("2026-11-23T23:00:00Z"), now)).toBe("24 nov. à 00:00");
});

test("a date says its year only when it is another one", () => {
  expect(date(at("2026-03-01T12:00:00Z"), now)).toBe("1er mars");
  expect(date(at("2025-08-15T12:00:00Z"), now)).toBe("15 août 2025");
});

test("a moment near now is said as one says it", () => {
  expect(when(at("2026-11-23T13:05:00Z"), now)).toBe("à 14:05");
  expect(when(at("2026-11-24T13:05:00Z"), now)).toBe("demain à 14:05");
  expect(when(at("2026-11-22T13:05:00Z"), now)).toBe("hier à 14:05");
  expect(when(at("2026-11-25T13:05:00Z"), now)).toBe("le 25 nov. à 14:05");
});

test("the end of a delay agrees with its preposition", () => {
  expect(until(at("2026-11-23T13:05:00Z"), now)).toBe("jusqu’à 14:05");
  expect(until(at("2026-11-24T13:05:00Z"), now)).toBe("jusqu’à demain 14:05");
  expect(until(at("2026-11-25T13:05:00Z"), now)).toBe("jusqu’au 25 nov. à 14:05");
});

test.each([
  [-5, "à l’instant"],
  [-180, "il y a 3 min"],
  [-3570, "il y a 1 h"],
  [-7200, "il y a 2 h"],
  [-40_000, "hier à 23:23"],
  [20, "dans un instant"],
  [120, "dans 2 min"],
  [90_000, "demain à 11:30"],
])("%i s from now is “%s”", (distance, expected) => {
  expect(plain(relative(new Date(now.getTime() + distance * 1000), now))).toBe(expected);
});

test.each([
  [45_000, "45 s"],
  [180_000, "3 min"],
  [3_600_000, "1 h"],
  [3_900_000, "1 h 05"],
  [172_740_000, "1 j 23 h"],
  [183_600_000, "2 j 3 h"],
])("%i ms last “%s”", (ms, expected) => {
  expect(plain(duration(ms))).toBe(expected);
});

test("a percentage is 0 or 100 only when nothing or everything is done", () => {
  expect(plain(percent(12, 100))).toBe("12 %");
  expect(plain(percent(1, 1000))).toBe("1 %");
  expect(plain(percent(999, 1000))).toBe("99 %");
  expect(plain(percent(0, 0))).toBe("0 %");
  expect(plain(percent(7, 7))).toBe("100 %");
});

test("an interval is written in seconds, with a comma", () => {
  expect(seconds(3000)).toBe("3");
  expect(seconds(12.5)).toBe("0,01");
  expect(seconds(2500)).toBe("2,5");
});
