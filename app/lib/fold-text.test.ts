import { expect, test } from "vitest";
import { foldText } from "#app/lib/fold-text.ts";

test("accents, ligatures and capitals make no difference, as they make none in the database", () => {
  expect(foldText("  Vœux d’Hélène ")).toBe("voeux d’helene");
  expect(foldText("ŒUVRE ex æquo")).toBe("oeuvre ex aequo");
});
