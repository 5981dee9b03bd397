// The colours a category can have. Each is the start of a gradient; CSS derives the end.
import { fr } from "#app/i18n/fr.ts";

export const categoryPalette = {
  fern: "#3f8f5b",
  lagoon: "#1a8f98",
  sky: "#2f7fd0",
  iris: "#6462d6",
  plum: "#944cb0",
  rose: "#d0447a",
  coral: "#dc5b45",
  apricot: "#e08332",
  honey: "#c2981c",
  slate: "#66738a",
} as const satisfies Record<keyof typeof fr.categories.colors, string>;

export const paletteColors = Object.entries(categoryPalette).map(([name, value]) => ({
  value,
  label: fr.categories.colors[name as keyof typeof categoryPalette],
}));

/**
 * The colour a category is drawn in. The previous system stored hexadecimal values, CSS names and others; what no browser
 * would understand gets a colour of the palette, always the same one.
 */
export function categoryColor(stored: string | null): string {
  const color = stored?.trim() ?? "";
  if (/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) || /^[a-z]{3,20}$/i.test(color)) return color;
  if (color === "") return categoryPalette.slate;
  const sum = [...color].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return paletteColors[sum % paletteColors.length]?.value ?? categoryPalette.slate;
}
