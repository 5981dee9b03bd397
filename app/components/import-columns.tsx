import { Form, useNavigation } from "@remix-run/react";
import { useState } from "react";
import { CategoryDot } from "#app/components/category-tag.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { CheckList } from "#app/components/ui/check-list.tsx";
import { Checkbox } from "#app/components/ui/checkbox.tsx";
import { Combobox } from "#app/components/ui/combobox.tsx";
import { Field, Fieldset } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Select } from "#app/components/ui/input.tsx";
import { frImports } from "#app/i18n/fr/imports.ts";
import { fr } from "#app/i18n/fr.ts";
import { countries } from "#app/lib/countries.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import { type ImportColumns, type ImportField, importFields } from "#server/domain/import-columns.ts";
import { readImportLine } from "#server/domain/import-line.ts";
import { formatPhone } from "#server/domain/phone.ts";
import type { ImportView } from "#server/imports/views.ts";

const text = frImports.columns;

type ImportColumnsFormProps = {
  settings: ImportView["settings"];
  categories: readonly CategoryRow[];
  problem: FormProblem | undefined;
};

/** Which column holds what, as guessed and as corrected; the first lines show at once what comes of it. */
export function ImportColumnsForm({ settings, categories, problem }: ImportColumnsFormProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData?.get("intent") === "configure";
  const [columns, setColumns] = useState<ImportColumns>(settings.columns);
  const [hasHeader, setHasHeader] = useState(settings.hasHeader);
  const [country, setCountry] = useState(settings.country ?? "FR");
  const errors = problem?.fieldErrors ?? {};
  const [first = []] = settings.samples;
  const lines = settings.samples.slice(hasHeader ? 1 : 0);
  const width = Math.max(...settings.samples.map((cells) => cells.length));
  const options = Array.from({ length: width }, (_, index) => {
    const name = hasHeader ? first[index]?.trim() || text.nth(index) : text.nth(index);
    return { index, label: text.option(name, lines[0]?.[index]?.trim().slice(0, 30) ?? "") };
  });
  const choose = (field: ImportField, value: string) =>
    setColumns((before) => ({ ...before, [field]: value === "" ? undefined : Number(value) }));

  return (
    <Card className="max-w-3xl">
      <CardHeader
        title={text.title}
        hint={text.readAs(
          text.encodings[settings.encoding],
          text.delimiters[settings.delimiter] ?? text.otherDelimiter,
        )}
      />
      <CardBody>
        <Form method="post" ref={form} noValidate className="grid gap-6">
          <input type="hidden" name="intent" value="configure" />
          <FormError problem={problem} />
          <span className="flex items-center gap-2">
            <Checkbox
              id="has-header"
              name="hasHeader"
              value="1"
              checked={hasHeader}
              onChange={(event) => setHasHeader(event.target.checked)}
            />
            <label htmlFor="has-header">{text.hasHeader}</label>
          </span>
          <div className="grid gap-4 sm:grid-cols-2">
            {importFields.map((field) => (
              <Field
                key={field}
                label={text.fields[field]}
                name={`columns.${field}`}
                error={errors[`columns.${field}`]}
                optional={field !== "number"}
              >
                {(control) => (
                  <Select
                    {...control}
                    value={columns[field] ?? ""}
                    onChange={(event) => choose(field, event.target.value)}
                  >
                    <option value="">{field === "number" ? text.choose : text.none}</option>
                    {options.map(({ index, label }) => (
                      <option key={index} value={index}>
                        {label}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            ))}
          </div>
          <Field
            label={text.country}
            name="country"
            error={errors.country}
            className="sm:w-[calc(50%-0.5rem)]"
          >
            {(control) => (
              <Combobox
                {...control}
                defaultValue={country}
                onValueChange={setCountry}
                emptyText={fr.contacts.form.noCountry}
                listLabel={fr.contacts.form.countrySearch}
                options={countries.map(({ code, dialCode, name }) => ({
                  value: code,
                  label: `${dialCode} ${name}`,
                  keywords: code,
                }))}
              />
            )}
          </Field>
          <Preview lines={lines.slice(0, 4)} columns={columns} country={country} />
          {categories.length > 0 && (
            <Fieldset legend={text.categories} error={errors.categoryIds}>
              <CheckList
                name="categoryIds"
                defaultValues={settings.categoryIds.map(String)}
                options={categories.map(({ id, name, color }) => ({
                  value: String(id),
                  label: name,
                  before: <CategoryDot color={color} />,
                }))}
              />
            </Fieldset>
          )}
          <div>
            <SubmitButton pending={pending}>{text.submit}</SubmitButton>
          </div>
        </Form>
      </CardBody>
    </Card>
  );
}

type PreviewProps = { lines: readonly (readonly string[])[]; columns: ImportColumns; country: string };

function Preview({ lines, columns, country }: PreviewProps) {
  if (columns.number === undefined || lines.length === 0) return null;
  return (
    <div className="grid gap-2 rounded-lg bg-sunken px-4 py-3">
      <p className="font-medium text-[0.8125rem]">{text.preview}</p>
      <ul className="grid gap-1">
        {lines.map((cells, index) => {
          const { phone, firstName, lastName, reason } = readImportLine(cells, columns, country);
          const name = [firstName, lastName].filter(Boolean).join(" ") || fr.contacts.unnamed;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line of a file has no identity but its place
            <li key={index} className="flex flex-wrap gap-x-3">
              <span className="tabular-nums">{phone ? formatPhone(phone.e164) : fr.common.none}</span>
              <span className="text-ink-soft">{reason ? (frImports.reasons[reason] ?? reason) : name}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
