import { Form, useNavigation } from "@remix-run/react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input, Textarea } from "#app/components/ui/input.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import { messageTwoMaxLength } from "#server/domain/message-two-text.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";

const text = frConversations.quick;

type QuickReplyFormProps = { reply: QuickReplyRow | undefined; problem: FormProblem | undefined };

/** A text and the word it is behind, new or known. */
export function QuickReplyForm({ reply, problem }: QuickReplyFormProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formMethod === "POST";
  const errors = problem?.fieldErrors ?? {};
  return (
    <Form method="post" ref={form} noValidate className="grid gap-5">
      <input type="hidden" name="intent" value={reply ? "update" : "create"} />
      {reply && <input type="hidden" name="id" value={reply.id} />}
      <FormError problem={problem} />
      <Field label={text.shortcut} name="shortcut" error={errors.shortcut} hint={text.shortcutHint}>
        {(control) => (
          <Input
            {...control}
            required
            autoFocus
            maxLength={31}
            autoComplete="off"
            autoCapitalize="none"
            defaultValue={problem?.values.shortcut?.[0] ?? reply?.shortcut ?? ""}
          />
        )}
      </Field>
      <Field label={text.content} name="content" error={errors.content}>
        {(control) => (
          <Textarea
            {...control}
            required
            rows={5}
            maxLength={messageTwoMaxLength}
            defaultValue={problem?.values.content?.[0] ?? reply?.content ?? ""}
          />
        )}
      </Field>
      <div className="flex justify-end">
        <SubmitButton pending={pending}>{text.save}</SubmitButton>
      </div>
    </Form>
  );
}
