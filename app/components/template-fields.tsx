import { TriangleAlert } from "lucide-react";
import { Field } from "#app/components/ui/field.tsx";
import { Select } from "#app/components/ui/input.tsx";
import { VariableField } from "#app/components/variable-field.tsx";
import { fr } from "#app/i18n/fr.ts";
import type { CampaignDraft } from "#app/lib/campaign-form.ts";
import { templateVariableNames } from "#server/domain/template.ts";
import type { TemplateRow } from "#server/templates/views.ts";

const text = fr.campaigns.form;

type TemplateFieldsProps = {
  templates: readonly TemplateRow[];
  template: TemplateRow | undefined;
  start: CampaignDraft;
  errors: Record<string, string>;
};

/** The template of Message 1 and what fills each of its variables. */
export function TemplateFields({ templates, template, start, errors }: TemplateFieldsProps) {
  const names = template ? templateVariableNames(template.body) : [];
  return (
    <>
      <Field
        label={text.template}
        name="templateId"
        error={errors.templateId}
        hint={template && !template.contentSid && <Unconfigured />}
      >
        {(control) => (
          <Select {...control} defaultValue={start.templateId || undefined}>
            {templates.map((one) => (
              <option key={one.id} value={one.id}>
                {label(one)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {names.map((name) => (
        <VariableField
          key={`${template?.id}-${name}`}
          name={name}
          sample={template?.variables[name] ?? ""}
          source={template?.id === start.templateId ? start.variables[name] : undefined}
          error={
            errors[`variables.${name}`] ??
            errors[`variables.${name}.value`] ??
            errors[`variables.${name}.fallback`]
          }
        />
      ))}
    </>
  );
}

function Unconfigured() {
  return (
    <span className="flex gap-1.5 text-warning-ink">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {text.unconfiguredHelp}
    </span>
  );
}

/** "Code (modèle par défaut) — à configurer": the default one says so in its name */
function label({ name, source, contentSid, approvalStatus }: TemplateRow): string {
  const approval =
    source === "account" && approvalStatus && approvalStatus !== "approved"
      ? text.approval(approvalStatus)
      : null;
  const notes = [text.sources[source], contentSid ? null : text.unconfigured, approval].filter(Boolean);
  return notes.length === 0 ? name : `${name} — ${notes.join(", ")}`;
}
