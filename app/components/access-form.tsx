import { Form, useNavigation } from "@remix-run/react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import type { UserRow } from "#server/users/views.ts";

const text = frUsers;

type AccessFormProps = { user: UserRow; problem: FormProblem | undefined };

/** What lets somebody in again who cannot get in: a link, a password, no second factor. */
export function AccessForm({ user: { id, hasTwoFactor }, problem }: AccessFormProps) {
  const pending = useNavigation().formData?.get("intent");
  return (
    <Form method="post" className="grid gap-5">
      <input type="hidden" name="id" value={id} />
      <FormError problem={problem} />
      <p className="text-ink-soft">{text.reset.linkText}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <SubmitButton name="intent" value="reset" pending={pending === "reset"} variant="danger">
          {text.reset.confirm}
        </SubmitButton>
        <SubmitButton name="intent" value="link" pending={pending === "link"}>
          {text.reset.link}
        </SubmitButton>
      </div>
      {hasTwoFactor && (
        <div className="grid gap-4 border-line border-t pt-5">
          <p className="text-ink-soft">{text.twoFactor.text}</p>
          <SubmitButton
            name="intent"
            value="removeTwoFactor"
            pending={pending === "removeTwoFactor"}
            variant="danger"
            className="justify-self-end"
          >
            {text.twoFactor.remove}
          </SubmitButton>
        </div>
      )}
    </Form>
  );
}
