import { Form as GetForm, useSearchParams, useSubmit } from "@remix-run/react";
import { Send } from "lucide-react";
import { useState } from "react";
import { MessageText } from "#app/components/message-text.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import { positiveInteger } from "#app/lib/search-params.ts";
import { useReplyForm } from "#app/lib/use-reply-form.ts";
import { renderTemplate, templateVariableNames } from "#server/domain/template.ts";
import type { TemplateRow } from "#server/templates/views.ts";

const text = frConversations.reply;

type TemplateReplyProps = {
  templates: readonly TemplateRow[];
  replyKey: string;
  problem: FormProblem | undefined;
};

/** A reply by an approved template: which one, what fills it, what the contact will read. */
export function TemplateReply({ templates, replyKey, problem }: TemplateReplyProps) {
  const [params] = useSearchParams();
  const usable = templates.filter(isApproved);
  const asked = positiveInteger(params.get("modele"));
  const template = usable.find(({ id }) => id === asked) ?? usable[0];
  if (!template) return <p className="text-ink-soft">{text.noTemplate}</p>;
  return (
    <>
      <TemplateChoice templates={usable} chosen={template.id} />
      <TemplateForm key={template.id} template={template} replyKey={replyKey} problem={problem} />
    </>
  );
}

/** Those of the sandbox are Twilio's own; WhatsApp has to have said yes to the account's. */
function isApproved({ contentSid, source, approvalStatus }: TemplateRow): boolean {
  return contentSid !== null && (source !== "account" || approvalStatus === "approved");
}

/** Which one stands in the address: its variables are other fields. */
function TemplateChoice({ templates, chosen }: { templates: readonly TemplateRow[]; chosen: number }) {
  const [params] = useSearchParams();
  const submit = useSubmit();
  return (
    <GetForm
      className="flex items-end gap-2"
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
    >
      {[...params].map(
        ([name, value]) => name !== "modele" && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Field label={text.templateLabel} name="modele" className="min-w-0 flex-1">
        {(control) => (
          <Select {...control} key={chosen} defaultValue={chosen}>
            {templates.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <noscript>
        <Button type="submit">{text.choose}</Button>
      </noscript>
    </GetForm>
  );
}

type TemplateFormProps = { template: TemplateRow; replyKey: string; problem: FormProblem | undefined };

function TemplateForm({ template, replyKey, problem: answered }: TemplateFormProps) {
  const names = templateVariableNames(template.body);
  const typed = (name: string) => answered?.values[fieldName(name)]?.[0] ?? "";
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(names.map((name) => [name, typed(name)])),
  );
  const empty = () => setValues(Object.fromEntries(names.map((name) => [name, ""])));
  const { Form, key, pending, problem } = useReplyForm(replyKey, answered, empty);
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
  return (
    <Form method="post" preventScrollReset noValidate className="grid gap-3">
      <input type="hidden" name="intent" value="template" />
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="templateId" value={template.id} />
      <FormError problem={problem?.formError ? problem : undefined} />
      {names.length > 0 && (
        <div className="grid gap-3 sm:grid-cols-2">
          {names.map((name) => (
            <Field
              key={name}
              label={text.variable(name)}
              name={fieldName(name)}
              error={problem?.fieldErrors[fieldName(name)] ?? problem?.fieldErrors[`values.${name}`]}
            >
              {(control) => (
                <Input
                  {...control}
                  maxLength={1600}
                  autoComplete="off"
                  value={values[name] ?? ""}
                  placeholder={template.variables[name] && text.sample(template.variables[name])}
                  onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
      <div className="flex flex-wrap items-end justify-between gap-3">
        <figure className="grid min-w-0 max-w-prose flex-1 basis-60 gap-1">
          <figcaption className="text-ink-soft text-xs">{text.preview}</figcaption>
          <div dir="auto" className="w-fit max-w-full rounded-2xl rounded-tr-sm bg-chat-out px-3 py-2">
            <MessageText text={renderTemplate(template.body, filled)} />
          </div>
        </figure>
        <SubmitButton pending={pending}>
          <Send aria-hidden />
          {text.send}
        </SubmitButton>
      </div>
    </Form>
  );
}

/** As the error of a variable names its field. */
const fieldName = (variable: string) => `variables.${variable}`;
