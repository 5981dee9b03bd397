import { Form, useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";

const text = frAccount.password;

/** One's own new password. The hidden e-mail is for password managers. */
export function PasswordForm({ email, problem }: { email: string; problem: FormProblem | undefined }) {
  const form = useFocusOnError(problem);
  const navigation = useNavigation();
  const pending = navigation.formData?.get("intent") === "password";
  const errors = problem?.fieldErrors ?? {};

  // accepted: what was refused before, if anything, is still the last answer
  const before = useRef(problem);
  useEffect(() => {
    if (!pending) return;
    if (navigation.state === "submitting") before.current = problem;
    else if (problem === before.current) form.current?.reset();
  }, [navigation.state, pending, problem, form]);

  return (
    <Form method="post" ref={form} noValidate className="grid gap-5">
      <input type="hidden" name="intent" value="password" />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <FormError problem={problem} />
      <Field label={text.current} name="currentPassword" error={errors.currentPassword}>
        {(control) => <Input {...control} type="password" required autoComplete="current-password" />}
      </Field>
      <Field label={text.next} name="newPassword" error={errors.newPassword} hint={text.nextHint}>
        {(control) => <Input {...control} type="password" required autoComplete="new-password" />}
      </Field>
      <div className="flex justify-end">
        <SubmitButton pending={pending}>{text.save}</SubmitButton>
      </div>
    </Form>
  );
}
