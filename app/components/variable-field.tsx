import { useState } from "react";
import { Fieldset } from "#app/components/ui/field.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { variableFieldNames } from "#app/lib/campaign-form.ts";
import { contactFields, type VariableSource } from "#server/domain/template.ts";

const text = fr.campaigns.form;

type VariableFieldProps = {
  name: string;
  /** Twilio's example of a value */
  sample: string;
  source: VariableSource | undefined;
  error: string | undefined;
};

/** What fills one variable of the template: the same text for all, or a field of each contact and what replaces it. */
export function VariableField({ name, sample, source, error }: VariableFieldProps) {
  const [kind, setKind] = useState<string>(source?.type === "field" ? source.field : "literal");
  const literal = kind === "literal";
  const invalid = error ? true : undefined;
  const stored = source?.type === "field" ? source.fallback : source?.value;
  return (
    <Fieldset
      legend={text.variable(name)}
      error={error}
      hint={!literal && kind !== "phone" && text.fallbackHint}
    >
      <div className="grid gap-2 sm:grid-cols-2">
        <Select
          name={variableFieldNames.source(name)}
          aria-label={text.variableSource(name)}
          defaultValue={kind}
          onChange={(event) => setKind(event.target.value)}
        >
          <option value="literal">{text.literal}</option>
          {contactFields.map((field) => (
            <option key={field} value={field}>
              {text.contactFields[field]}
            </option>
          ))}
        </Select>
        {kind !== "phone" && (
          <Input
            name={variableFieldNames.text(name)}
            aria-label={literal ? text.variableText(name) : text.variableFallback(name)}
            aria-invalid={invalid}
            autoComplete="off"
            maxLength={1600}
            defaultValue={stored ?? ""}
            placeholder={literal ? text.literalPlaceholder(sample) : text.fallbackPlaceholder}
          />
        )}
      </div>
    </Fieldset>
  );
}
