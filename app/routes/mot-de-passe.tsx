// Where a link for a new password leads. Its token is in the query, which is in no log of ours.
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { PasswordInput } from "#app/components/password-input.tsx";
import { SignInFrame } from "#app/components/sign-in-frame.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { frSignIn } from "#app/i18n/fr/sign-in.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = frSignIn.reset;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  return (await callerFor(args)).auth.resetLink({ token: tokenOf(args.request) });
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    reset: async (caller, form) => {
      await caller.auth.useResetLink({ token: tokenOf(args.request), newPassword: form.text("newPassword") });
      return { to: paths.signIn(), toast: text.done };
    },
  });
}

function tokenOf(request: Request): string {
  return (new URL(request.url).searchParams.get("jeton") ?? "").slice(0, 200);
}

export default function ResetPassword() {
  const link = useLoaderData<typeof loader>();
  return (
    <SignInFrame heading={text.heading} intro={link ? text.intro(link.email) : text.invalid}>
      {link ? (
        <NewPasswordForm email={link.email} />
      ) : (
        <Button asChild variant="secondary">
          <Link to={paths.signIn()}>{text.toSignIn}</Link>
        </Button>
      )}
    </SignInFrame>
  );
}

function NewPasswordForm({ email }: { email: string }) {
  const problem = useActionData<typeof action>();
  const form = useFocusOnError(problem);
  const pending = useNavigation().state !== "idle";
  const { next, nextHint } = frAccount.password;
  return (
    <Form method="post" ref={form} className="grid gap-5" noValidate>
      <input type="hidden" name="intent" value="reset" />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <FormError problem={problem} />
      <Field label={next} name="newPassword" error={problem?.fieldErrors.newPassword} hint={nextHint}>
        {(control) => <PasswordInput {...control} autoComplete="new-password" autoFocus />}
      </Field>
      <SubmitButton pending={pending}>{text.save}</SubmitButton>
    </Form>
  );
}
