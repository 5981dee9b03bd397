import { Form, useNavigation } from "@remix-run/react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";

const text = frUsers.form;

/** A new account; its password is made by the server. */
export function UserForm({ problem }: { problem: FormProblem | undefined }) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formMethod === "POST";
  const errors = problem?.fieldErrors ?? {};
  return (
    <Form method="post" ref={form} noValidate className="grid gap-5">
      <input type="hidden" name="intent" value="create" />
      <FormError problem={problem} />
      <Field label={text.email} name="email" error={errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            autoFocus
            maxLength={255}
            autoComplete="off"
            defaultValue={problem?.values.email?.[0] ?? ""}
          />
        )}
      </Field>
      <Field label={text.role} name="role" error={errors.role} hint={text.roleHint}>
        {(control) => (
          <Select {...control} defaultValue={problem?.values.role?.[0] ?? "admin"}>
            <option value="admin">{fr.shell.roles.admin}</option>
            <option value="super_admin">{fr.shell.roles.super_admin}</option>
          </Select>
        )}
      </Field>
      <div className="flex justify-end">
        <SubmitButton pending={pending}>{text.create}</SubmitButton>
      </div>
    </Form>
  );
}
