import { expect, test } from "vitest";
import { categoryColor, paletteColors } from "#app/lib/category-color.ts";
import { createCategoryInput } from "#server/domain/inputs.ts";

test("every colour of the palette can be stored", () => {
  for (const { value: color, label: name } of paletteColors) {
    expect(createCategoryInput.safeParse({ name, color }).success, name).toBe(true);
  }
});

test("a stored colour a browser understands is drawn as it is", () => {
  expect(categoryColor("#3B82F6")).toBe("#3B82F6");
  expect(categoryColor("blue")).toBe("blue");
});

test("any other stored colour becomes one of the palette, always the same", () => {
  const odd = "from-blue-500 to-purple-600; background: url(x)";
  expect(paletteColors.map(({ value }) => value as string)).toContain(categoryColor(odd));
  expect(categoryColor(odd)).toBe(categoryColor(odd));
});
