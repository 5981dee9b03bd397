import { Form, useNavigation } from "@remix-run/react";
import { CategoryDot } from "#app/components/category-tag.tsx";
import { NumberFields } from "#app/components/number-fields.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { CheckList } from "#app/components/ui/check-list.tsx";
import { Field, Fieldset } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import type { Stranger } from "#server/conversations/views.ts";
import type { Country } from "#server/domain/countries.ts";

const text = frConversations.strangers;

type StrangerFormProps = {
  stranger: Stranger;
  categories: readonly CategoryRow[];
  countries: readonly Country[];
  problem: FormProblem | undefined;
};

/** The card of somebody who wrote: the name they gave themselves is a start, their number where they hide it is asked. */
export function StrangerForm({ stranger, categories, countries, problem }: StrangerFormProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData?.get("intent") === "makeContact";
  const typed = problem?.values;
  const errors = problem?.fieldErrors ?? {};
  const [first = "", ...others] = (stranger.profileName ?? "").trim().split(/\s+/);
  return (
    <Form method="post" ref={form} noValidate className="grid gap-5">
      <input type="hidden" name="intent" value="makeContact" />
      <FormError problem={problem} />
      {stranger.number === null && (
        <div className="grid gap-2">
          <p className="text-ink-soft">{text.numberHint}</p>
          <NumberFields
            countries={countries}
            defaultNumber={typed?.number?.[0] ?? ""}
            defaultCountry={typed?.country?.[0] ?? "FR"}
            errors={errors}
            recognised={fr.contacts.form.recognised}
          />
        </div>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={fr.contacts.form.firstName} name="firstName" error={errors.firstName} optional>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={100}
              defaultValue={typed?.firstName?.[0] ?? first.slice(0, 100)}
            />
          )}
        </Field>
        <Field label={fr.contacts.form.lastName} name="lastName" error={errors.lastName} optional>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={100}
              defaultValue={typed?.lastName?.[0] ?? others.join(" ").slice(0, 100)}
            />
          )}
        </Field>
      </div>
      {categories.length > 0 && (
        <Fieldset legend={fr.contacts.form.categories} error={errors.categoryIds}>
          <CheckList
            name="categoryIds"
            defaultValues={typed?.categoryIds ?? []}
            options={categories.map(({ id, name, color }) => ({
              value: String(id),
              label: name,
              before: <CategoryDot color={color} />,
            }))}
          />
        </Fieldset>
      )}
      <SubmitButton pending={pending} className="w-fit">
        {text.makeContact}
      </SubmitButton>
    </Form>
  );
}
