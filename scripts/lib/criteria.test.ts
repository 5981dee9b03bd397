import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { criteriaOf } from "#scripts/lib/criteria.ts";

test("the criteria are counted in the text itself", () => {
  const criteria = criteriaOf(
    readFileSync(new URL("../../docs/exigences-source.md", import.meta.url), "utf8"),
  );
  expect(criteria).toHaveLength(65);
  expect(new Set(criteria.map(({ id }) => id)).size).toBe(65);
  expect(criteria[0]).toEqual({
    id: "1.1",
    subject: "Configuration Twilio",
    text: "WHEN le Backend démarre THEN le Système SHALL charger les variables TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_SANDBOX_NUMBER depuis le fichier .env",
  });
  expect(criteria.at(-1)?.id).toBe("12.5");
});

test("a numbered line elsewhere is no criterion", () => {
  const text =
    "1. avant\n### Exigence 2 : Deux\n1. récit\n#### Critères d'Acceptation\n1. WHEN\n## Fin\n2. après";
  expect(criteriaOf(text)).toEqual([{ id: "2.1", subject: "Deux", text: "WHEN" }]);
});
