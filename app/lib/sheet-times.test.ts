import { expect, test } from "vitest";
import { endOfSheet, startOfSheet } from "#app/lib/sheet-times.ts";

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const sheet = { startsAt: at("09:00:00"), finishesAt: at("09:10:00") };

test("a sheet read a while ago tells the times of a launch now", () => {
  expect(startOfSheet(sheet, at("09:30:00"))).toEqual(at("09:30:00"));
  expect(endOfSheet(sheet, at("09:30:00"))).toEqual(at("09:40:00"));
});

test("a start to come stays where it is", () => {
  expect(startOfSheet(sheet, at("08:00:00"))).toEqual(at("09:00:00"));
  expect(endOfSheet(sheet, at("08:00:00"))).toEqual(at("09:10:00"));
});
