import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { PasswordInput } from "#app/components/password-input.tsx";
import { SignInFrame } from "#app/components/sign-in-frame.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frSignIn } from "#app/i18n/fr/sign-in.ts";
import { fr } from "#app/i18n/fr.ts";
import { signInAction } from "#app/lib/form-action.server.ts";
import { useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { takeToast } from "#app/lib/preferences.server.ts";
import { sessionToken } from "#app/lib/session.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useToastOfPage } from "#app/lib/use-toast-of-page.ts";

export const meta: MetaFunction = () => [{ title: fr.common.title(frSignIn.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await (await callerFor(args)).auth.me();
  if (user) return redirect(paths.dashboard());
  const { toast, headers } = await takeToast(args.request);
  // who brings a token that is good for nothing had a session; whoever comes for the first time did not
  const hadSession = (await sessionToken(args.request)) !== null;
  return data({ toast, expired: hadSession }, { headers });
}

export function action(args: ActionFunctionArgs) {
  return signInAction(args);
}

export default function SignIn() {
  const problem = useActionData<typeof action>();
  const { toast, expired } = useLoaderData<typeof loader>();
  useToastOfPage(toast);
  const form = useFocusOnError(problem);
  const pending = useNavigation().state !== "idle";
  const text = frSignIn;
  const errors = problem?.fieldErrors ?? {};
  return (
    <SignInFrame heading={text.heading} intro={expired ? text.expired : text.intro} toast={toast}>
      <Form method="post" ref={form} className="grid gap-5" noValidate>
        <FormError problem={problem} />
        <Field label={text.email} name="email" error={errors.email}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="username"
              required
              autoFocus
              defaultValue={problem?.values.email?.[0]}
            />
          )}
        </Field>
        <Field label={text.password} name="password" error={errors.password}>
          {(control) => <PasswordInput {...control} autoComplete="current-password" />}
        </Field>
        <SubmitButton pending={pending}>{pending ? text.submitting : text.submit}</SubmitButton>
      </Form>
    </SignInFrame>
  );
}
