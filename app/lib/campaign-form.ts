// The composer's fields: how a posted or half-filled form becomes a campaign. The server's action and the live preview
// read the same form by the same rules.
import { type FormReader, readForm } from "#app/lib/form-reader.ts";
import { type ContactField, contactFields, type VariableSource } from "#server/domain/template.ts";

export type CampaignDraft = {
  name: string;
  categoryIds: number[];
  templateId: number;
  variables: Record<string, VariableSource>;
  messageTwo: string;
};

export const variableFieldNames = {
  source: (name: string) => `variables.${name}.source`,
  text: (name: string) => `variables.${name}.text`,
};

const sourcePattern = /^variables\.([A-Za-z0-9_]{1,16})\.source$/;

export function campaignInput(form: FormReader): CampaignDraft {
  return {
    name: form.text("name"),
    categoryIds: form.ids("categoryIds"),
    templateId: form.id("templateId"),
    variables: variablesOf(form),
    // a form sent without JavaScript ends its lines with two characters, which would count
    messageTwo: form.text("messageTwo").replace(/\r\n?/g, "\n"),
  };
}

/** The draft in what a refused form had in it. */
export function typedCampaign(values: Record<string, string[]>): CampaignDraft {
  const data = new FormData();
  for (const [name, texts] of Object.entries(values)) for (const text of texts) data.append(name, text);
  return campaignInput(readForm(data));
}

export function readCampaignForm(form: HTMLFormElement): CampaignDraft {
  return campaignInput(readForm(new FormData(form)));
}

function variablesOf(form: FormReader): Record<string, VariableSource> {
  const names = [...form.data.keys()].flatMap((key) => sourcePattern.exec(key)?.[1] ?? []);
  return Object.fromEntries(names.map((name) => [name, variableOf(form, name)]));
}

function variableOf(form: FormReader, name: string): VariableSource {
  const source = form.text(variableFieldNames.source(name));
  const text = form.text(variableFieldNames.text(name));
  if (!isContactField(source)) return { type: "literal", value: text };
  return { type: "field", field: source, ...(text.trim() !== "" && { fallback: text }) };
}

function isContactField(value: string): value is ContactField {
  return contactFields.some((field) => field === value);
}
