// What a line of the audit log changed, field by field, in words.

import { frAudit } from "#app/i18n/fr/audit.ts";
import { fr } from "#app/i18n/fr.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = frAudit;

export type AuditChange = {
  field: string;
  /** null: it was not there, or nobody wrote it down */
  before: string | null;
  after: string | null;
};

/** Long lists are told by their beginning: a file has them whole. */
const longest = 200;

/** The fields that differ; with only one side known, all of that side. */
export function auditChanges(before: unknown, after: unknown): AuditChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }));
}

/** One line for a file. */
export function auditChangesText(before: unknown, after: unknown): string {
  return auditChanges(before, after).map(auditChangeText).join(" ; ");
}

/** A name that was one and is another, or what is known of it. */
export function auditChangeText({ field, before, after }: AuditChange): string {
  if (before === null) return text.known(field, after ?? fr.common.none);
  return text.changed(field, before, after ?? fr.common.none);
}

function fieldsOf(value: unknown): Map<string, string> {
  const fields = new Map<string, string>();
  collect(value, [], fields);
  return fields;
}

function collect(value: unknown, path: readonly string[], fields: Map<string, string>): void {
  if (value === null || value === undefined) {
    if (path.length > 0) fields.set(nameOf(path), fr.common.none);
  } else if (typeof value === "object" && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key], fields);
  } else if (Array.isArray(value)) {
    const items = value.map((item) => (typeof item === "object" ? JSON.stringify(item) : wordOf(item)));
    fields.set(nameOf(path), shortened(items.join(", ") || fr.common.none));
  } else {
    fields.set(nameOf(path), shortened(wordOf(value)));
  }
}

function nameOf(path: readonly string[]): string {
  return (
    path.map((key) => (Object.hasOwn(text.fields, key) ? text.fields[key] : key)).join(" › ") || text.title
  );
}

function wordOf(value: unknown): string {
  const word = String(value);
  if (Object.hasOwn(text.values, word)) return text.values[word] ?? word;
  return /^\+[1-9]\d{6,14}$/.test(word) ? formatPhone(word) : word;
}

function shortened(word: string): string {
  return word.length > longest ? `${word.slice(0, longest)}…` : word;
}
