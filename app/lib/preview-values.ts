// What the variables of a template become for one contact, for the preview. A launch computes the same in SQL
// (server/campaigns/recipient-values.ts).
import type { ContactField, VariableSource } from "#server/domain/template.ts";

export type PreviewContact = { firstName: string | null; lastName: string | null; fullNumber: string };

/** Only the variables that have a value: the others keep their placeholder in the text, where one sees them. */
export function previewValues(
  variables: Record<string, VariableSource>,
  contact: PreviewContact,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, source]) => {
      const value = valueFor(source, contact);
      return value ? [[name, value]] : [];
    }),
  );
}

function valueFor(source: VariableSource, contact: PreviewContact): string {
  if (source.type === "literal") return source.value.trim();
  return fieldOf(source.field, contact) || source.fallback?.trim() || "";
}

function fieldOf(field: ContactField, { firstName, lastName, fullNumber }: PreviewContact): string {
  const first = firstName?.trim() ?? "";
  const last = lastName?.trim() ?? "";
  if (field === "firstName") return first;
  if (field === "lastName") return last;
  return field === "phone" ? fullNumber : `${first} ${last}`.trim();
}
