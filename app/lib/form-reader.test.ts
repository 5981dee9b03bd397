import { expect, test } from "vitest";
import { readForm } from "#app/lib/form-reader.ts";

test("what is missing or malformed becomes what the schemas refuse", () => {
  const data = new FormData();
  data.append("name", "Été");
  data.append("id", "douze");
  data.append("file", new Blob(["x"]));
  const form = readForm(data);
  expect(form.text("name")).toBe("Été");
  expect(form.text("absent")).toBe("");
  expect(form.text("file")).toBe("");
  expect(form.id("id")).toBeNaN();
  expect(form.id("absent")).toBeNaN();
  expect(form.ids("absent")).toEqual([]);
});

test("numbers come as numbers, in their order", () => {
  const data = new FormData();
  for (const id of ["7", "3"]) data.append("categoryIds", id);
  expect(readForm(data).ids("categoryIds")).toEqual([7, 3]);
});
