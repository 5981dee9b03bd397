// Templates and their variables: placeholders, what fills them, and what Twilio refuses (twilio-facts.md 2.2).

/** variable name → Twilio's sample value */
export type TemplateVariables = Record<string, string>;

export const contactFields = ["firstName", "lastName", "fullName", "phone"] as const;
export type ContactField = (typeof contactFields)[number];

/** What fills one variable: the same text for all, or a field of each contact (with a text for contacts without it). */
export type VariableSource =
  | { type: "literal"; value: string }
  | { type: "field"; field: ContactField; fallback?: string };

export type TemplatePart = { text: string } | { variable: string };

const placeholder = /\{\{\s*([A-Za-z0-9_]{1,16})\s*\}\}/g;

/** Splits a body into literal text and variables, in order; joined again it is the body. */
export function templateParts(body: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of body.matchAll(placeholder)) {
    if (match.index > end) parts.push({ text: body.slice(end, match.index) });
    parts.push({ variable: match[1] as string });
    end = match.index + match[0].length;
  }
  if (end < body.length) parts.push({ text: body.slice(end) });
  return parts;
}

/** The names of the variables of a body, each once, in order of appearance. */
export function templateVariableNames(body: string): string[] {
  const names = templateParts(body).flatMap((part) => ("variable" in part ? [part.variable] : []));
  return [...new Set(names)];
}

/** The text a recipient reads: every variable replaced by its value; one without a value keeps its placeholder. */
export function renderTemplate(body: string, values: Record<string, string>): string {
  return templateParts(body)
    .map((part) =>
      "text" in part ? part.text : (givenValue(values, part.variable) ?? `{{${part.variable}}}`),
    )
    .join("");
}

/** A variable may bear the name of something every object has, such as `constructor`. */
function givenValue(values: Record<string, string>, variable: string): string | undefined {
  return Object.hasOwn(values, variable) ? values[variable] : undefined;
}

export type VariableProblem = "missing" | "empty" | "multiline" | "too_long" | "spaces";

/** Tabs count as line breaks for Twilio; Unicode has more of the latter than ASCII. */
export const lineBreaks = /[\n\r\t\v\f\u0085\u2028\u2029]/;

/** What Twilio would refuse in a variable's value (21656, 63013), or null (criterion 3.4). */
export function variableProblem(value: string | null | undefined): VariableProblem | null {
  if (value === null || value === undefined) return "missing";
  if (value.trim() === "") return "empty";
  if (lineBreaks.test(value)) return "multiline";
  if (/ {5,}/.test(value)) return "spaces";
  if (value.length > 1600) return "too_long";
  return null;
}
