import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { frAudit } from "#app/i18n/fr/audit.ts";
import { fr } from "#app/i18n/fr.ts";
import { auditChanges, auditChangesText } from "#app/lib/audit-changes.ts";
import { auditActions, auditSubjects } from "#server/domain/audit-actions.ts";

/** With ordinary spaces, as one types them. */
const told = (before: unknown, after: unknown) =>
  auditChangesText(before, after).replace(/[\u00a0\u202f]/g, " ");

test("only what differs is told, in the words of who reads it", () => {
  const before = { firstName: "Anna", lastName: "Diop", isActive: true };
  const after = { firstName: "Anna", lastName: "Sow", isActive: false };
  expect(auditChanges(before, after)).toEqual([
    { field: "Nom", before: "Diop", after: "Sow" },
    { field: "Actif", before: "oui", after: "non" },
  ]);
});

test("a number is written as people read it, a nested field by its way there", () => {
  expect(told(null, { fullNumber: "+33639980001", options: { count: 3 } })).toBe(
    "Numéro : +33 6 39 98 00 01 ; Options › Nombre : 3",
  );
});

test("what was there and is no more says so, and an empty list is none", () => {
  expect(told({ name: "Clients" }, null)).toBe(`Nom : Clients → ${fr.common.none}`);
  expect(told(null, { categories: [] })).toBe(`Catégories : ${fr.common.none}`);
});

test("a list of thousands is told by its beginning", () => {
  const ids = Array.from({ length: 5000 }, (_, index) => index);
  expect(told(null, { ids }).length).toBeLessThan(250);
});

test("what nobody foresaw is told as it is", () => {
  expect(told("seen", 3)).toBe("Journal d’audit : seen → 3");
  expect(told(null, { toString: "x" })).toBe("toString : x");
});

test("every action and every subject of the log has its words", () => {
  expect(auditActions.filter((action) => !frAudit.actions[action])).toEqual([]);
  expect(auditSubjects.filter((subject) => !frAudit.subjects[subject])).toEqual([]);
});

test("no action has its words and happens nowhere", () => {
  const root = new URL("../../server/", import.meta.url);
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|audit-actions\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, root), "utf8"))
    .join("\n");
  const happens = (action: string) => sources.includes(`"${action}"`) || action.endsWith(".assigned");
  expect(auditActions.filter((action) => !happens(action))).toEqual([]);
});
