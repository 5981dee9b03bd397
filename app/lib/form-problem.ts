// What a procedure refused, as a form shows it.
import { errorField, errorText, fieldText } from "#app/i18n/errors.ts";
import { fr } from "#app/i18n/fr.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import type { Problem } from "#server/trpc/problem.ts";

/** Never given back to the browser. */
const secretFields = new Set(["password", "currentPassword", "newPassword", "code", "token"]);

/**
 * Puts every text beside the field it belongs to. What belongs to a field this form does not have (a button without
 * fields, say) concerns the form as a whole.
 */
export function formProblem({ code, meta, fields }: Problem, posted: FormData): FormProblem {
  const { "": whole, ...named } = fields;
  const problem: FormProblem = {
    fieldErrors: Object.fromEntries(Object.entries(named).map(([name, key]) => [name, fieldText(key)])),
    formError: whole === undefined ? null : fieldText(whole),
    values: typedValues(posted),
  };
  if (!code) return problem;
  const field = errorField(code, meta);
  const text = errorText(code, meta);
  return field !== null && hasField(posted, field)
    ? { ...problem, fieldErrors: { [field]: text } }
    : { ...problem, formError: text };
}

/** There was no database to ask: the form stays as it was filled in. */
export function unavailableProblem(posted: FormData): FormProblem {
  return { fieldErrors: {}, formError: fr.failures.unavailable.form, values: typedValues(posted) };
}

/** Also by a part of it: the field "variables.1" consists of "variables.1.source" and "variables.1.text". */
function hasField(posted: FormData, field: string): boolean {
  return [...posted.keys()].some((name) => name === field || name.startsWith(`${field}.`));
}

function typedValues(posted: FormData): Record<string, string[]> {
  const names = [...new Set(posted.keys())].filter((name) => !secretFields.has(name));
  const texts = (name: string) => posted.getAll(name).filter((value) => typeof value === "string");
  return Object.fromEntries(names.map((name) => [name, texts(name)]));
}
