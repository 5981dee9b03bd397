import { useEffect, useRef, useState } from "react";
import { Combobox } from "#app/components/ui/combobox.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import type { Country } from "#server/domain/countries.ts";
import { formatPhone, parsePhone } from "#server/domain/phone.ts";

type NumberFieldsProps = {
  countries: readonly Country[];
  defaultNumber: string;
  defaultCountry: string;
  errors: Record<string, string>;
  /** what a number that is understood is told as */
  recognised: (formatted: string) => string;
};

const text = fr.contacts.form;

/** A country and a number, or a whole number pasted; says how it was understood. */
export function NumberFields(props: NumberFieldsProps) {
  const { countries, defaultNumber, defaultCountry, errors, recognised } = props;
  const [number, setNumber] = useState(defaultNumber);
  const [country, setCountry] = useState(defaultCountry);
  const field = useRef<HTMLInputElement>(null);
  // what was typed before the page came to life
  useEffect(() => {
    if (field.current) setNumber(field.current.value);
  }, []);
  const parsed = parsePhone(number, country);
  const understood = "problem" in parsed ? null : formatPhone(parsed.e164);
  const isNews = understood !== null && understood !== number.trim();
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Field label={text.country} name="country" error={errors.country}>
        {(control) => (
          <Combobox
            {...control}
            defaultValue={country}
            onValueChange={setCountry}
            emptyText={text.noCountry}
            listLabel={text.countrySearch}
            options={countries.map(({ code, dialCode, name }) => ({
              value: code,
              label: `${dialCode} ${name}`,
              keywords: code,
            }))}
          />
        )}
      </Field>
      <Field
        label={text.number}
        name="number"
        error={errors.number}
        hint={isNews ? recognised(understood) : text.numberHint}
      >
        {(control) => (
          <Input
            {...control}
            ref={field}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            required
            defaultValue={number}
            onChange={(event) => setNumber(event.target.value)}
            className="tabular-nums"
          />
        )}
      </Field>
    </div>
  );
}
