import { Form, Link, useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";
import { CampaignPreview } from "#app/components/campaign-preview.tsx";
import { CategoryDot } from "#app/components/category-tag.tsx";
import { MessageTwoField } from "#app/components/message-two-field.tsx";
import { NotJoinedWarning } from "#app/components/not-joined-warning.tsx";
import { TemplateFields } from "#app/components/template-fields.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { CheckList } from "#app/components/ui/check-list.tsx";
import { Field, Fieldset } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { type CampaignDraft, readCampaignForm, typedCampaign } from "#app/lib/campaign-form.ts";
import { categorySize } from "#app/lib/category-size.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { useAudience } from "#app/lib/use-audience.ts";
import type { Audience } from "#server/campaigns/views.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import type { TemplateRow } from "#server/templates/views.ts";

const text = fr.campaigns.form;

type CampaignFormProps = {
  categories: readonly CategoryRow[];
  templates: readonly TemplateRow[];
  /** what is stored; null: a new campaign */
  stored: CampaignDraft | null;
  problem: FormProblem | undefined;
  back: string;
};

/** A campaign's name, audience and messages, with the phone of a recipient beside them. */
export function CampaignForm({ categories, templates, stored, problem, back }: CampaignFormProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData?.get("intent") === "save";
  const errors = problem?.fieldErrors ?? {};
  const [start] = useState(() =>
    problem ? typedCampaign(problem.values) : (stored ?? blankCampaign(templates)),
  );
  const [draft, setDraft] = useState(start);
  const audience = useAudience(draft.categoryIds);
  const template = templates.find(({ id }) => id === draft.templateId);

  // another template brings other fields, or takes some away; a slow page may have been typed into before
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the template changed
  useEffect(() => {
    if (form.current) setDraft(readCampaignForm(form.current));
  }, [draft.templateId, form]);

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Form
        method="post"
        ref={form}
        noValidate
        className="grid gap-6"
        onInput={(event) => setDraft(readCampaignForm(event.currentTarget))}
      >
        <input type="hidden" name="intent" value="save" />
        <FormError problem={problem} />
        <Card>
          <CardHeader title={text.sections.audience} />
          <CardBody className="grid gap-5">
            <Field label={text.name} name="name" error={errors.name}>
              {(control) => (
                <Input
                  {...control}
                  required
                  maxLength={255}
                  autoComplete="off"
                  placeholder={text.namePlaceholder}
                  defaultValue={start.name}
                />
              )}
            </Field>
            <Fieldset
              legend={text.categories}
              error={firstOf(errors, "categoryIds")}
              hint={<AudienceText audience={audience} chosen={draft.categoryIds.length} />}
            >
              <CategoryChoice categories={categories} chosen={start.categoryIds} />
            </Fieldset>
            <NotJoinedWarning total={audience?.notJoined ?? 0} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={text.sections.messageOne} hint={text.messageOneHint} />
          <CardBody className="grid gap-5">
            <TemplateFields templates={templates} template={template} start={start} errors={errors} />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title={text.sections.messageTwo} hint={text.messageTwoHint} />
          <CardBody>
            <MessageTwoField
              defaultValue={start.messageTwo}
              length={draft.messageTwo.trim().length}
              error={errors.messageTwo}
            />
          </CardBody>
        </Card>
        <div className="flex flex-wrap gap-2">
          <SubmitButton pending={pending}>{stored ? text.save : text.saveAndSee}</SubmitButton>
          <Button asChild variant="ghost">
            <Link to={back}>{fr.common.back}</Link>
          </Button>
        </div>
      </Form>
      <aside aria-label={text.sections.preview} className="lg:sticky lg:top-6">
        <CampaignPreview
          body={template?.body ?? null}
          variables={draft.variables}
          messageTwo={draft.messageTwo}
          contacts={audience?.samples ?? []}
        />
      </aside>
    </div>
  );
}

type CategoryChoiceProps = { categories: readonly CategoryRow[]; chosen: readonly number[] };

function CategoryChoice({ categories, chosen }: CategoryChoiceProps) {
  if (categories.length === 0) {
    return (
      <p className="text-ink-soft">
        {text.noCategories}{" "}
        <Link to={paths.newCategory} className="text-accent-ink underline underline-offset-2">
          {text.createCategory}
        </Link>
      </p>
    );
  }
  return (
    <CheckList
      name="categoryIds"
      defaultValues={chosen.map(String)}
      options={categories.map(({ id, name, color, contacts }) => ({
        value: String(id),
        label: name,
        before: <CategoryDot color={color} />,
        after: (
          <>
            {categorySize({ contacts })}
            <span className="sr-only"> {fr.categories.contactWord(contacts.count)}</span>
          </>
        ),
      }))}
    />
  );
}

function AudienceText({ audience, chosen }: { audience: Audience | null; chosen: number }) {
  if (!audience || chosen === 0) return text.recipientsHint;
  return (
    <span role="status">
      <strong className="font-medium text-ink tabular-nums">{text.recipients(audience.recipients)}.</strong>{" "}
      {audience.excluded > 0 ? text.excluded(audience.excluded) : text.recipientsHint}
    </span>
  );
}

function blankCampaign(templates: readonly TemplateRow[]): CampaignDraft {
  const template = templates.find(({ isDefault }) => isDefault) ?? templates[0];
  return { name: "", categoryIds: [], templateId: template?.id ?? 0, variables: {}, messageTwo: "" };
}

/** The error of a field or of one of its parts. */
function firstOf(errors: Record<string, string>, name: string): string | undefined {
  return errors[name] ?? Object.entries(errors).find(([field]) => field.startsWith(`${name}.`))?.[1];
}
