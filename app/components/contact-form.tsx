import { Form, Link, useNavigation } from "@remix-run/react";
import { CategoryDot } from "#app/components/category-tag.tsx";
import { NumberFields } from "#app/components/number-fields.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { CheckList } from "#app/components/ui/check-list.tsx";
import { Field, Fieldset } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import type { Country } from "#server/domain/countries.ts";

type ContactFormProps = {
  countries: readonly Country[];
  categories: readonly CategoryRow[];
  problem: FormProblem | undefined;
  contact?: {
    number: string;
    country: string | null;
    firstName: string | null;
    lastName: string | null;
    categoryIds: readonly number[];
  };
};

const text = fr.contacts.form;

/** A contact's number, names and categories, new or known. */
export function ContactForm({ countries, categories, problem, contact }: ContactFormProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData?.get("intent") === "save";
  const typed = problem?.values;
  const errors = problem?.fieldErrors ?? {};
  return (
    <Form method="post" ref={form} noValidate className="grid gap-6">
      <input type="hidden" name="intent" value="save" />
      <FormError problem={problem} />
      <NumberFields
        countries={countries}
        defaultNumber={typed?.number?.[0] ?? contact?.number ?? ""}
        defaultCountry={typed?.country?.[0] ?? contact?.country ?? "FR"}
        errors={errors}
        recognised={text.recognised}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.firstName} name="firstName" error={errors.firstName} optional>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={100}
              defaultValue={typed?.firstName?.[0] ?? contact?.firstName ?? ""}
            />
          )}
        </Field>
        <Field label={text.lastName} name="lastName" error={errors.lastName} optional>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={100}
              defaultValue={typed?.lastName?.[0] ?? contact?.lastName ?? ""}
            />
          )}
        </Field>
      </div>
      <Fieldset legend={text.categories} error={errors.categoryIds}>
        {categories.length === 0 ? (
          <p className="text-ink-soft">
            {text.noCategories}{" "}
            <Link to={paths.categories} className="text-accent-ink underline underline-offset-2">
              {fr.categories.form.create}
            </Link>
          </p>
        ) : (
          <CheckList
            name="categoryIds"
            defaultValues={typed ? (typed.categoryIds ?? []) : (contact?.categoryIds ?? []).map(String)}
            options={categories.map(({ id, name, color }) => ({
              value: String(id),
              label: name,
              before: <CategoryDot color={color} />,
            }))}
          />
        )}
      </Fieldset>
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending={pending}>{contact ? text.save : text.create}</SubmitButton>
        <Button asChild variant="ghost">
          <Link to={paths.contacts()}>{fr.common.back}</Link>
        </Button>
      </div>
    </Form>
  );
}
