import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, Link, useActionData, useNavigation } from "@remix-run/react";
import { SignInFrame } from "#app/components/sign-in-frame.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frSignIn } from "#app/i18n/fr/sign-in.ts";
import { fr } from "#app/i18n/fr.ts";
import { signInCodeAction } from "#app/lib/form-action.server.ts";
import { useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { signInChallenge } from "#app/lib/session.server.ts";

const text = frSignIn.code;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader({ request }: LoaderFunctionArgs) {
  return (await signInChallenge(request)) ? null : redirect(paths.signIn());
}

export function action(args: ActionFunctionArgs) {
  return signInCodeAction(args);
}

export default function SignInCode() {
  const problem = useActionData<typeof action>();
  const form = useFocusOnError(problem);
  const pending = useNavigation().state !== "idle";
  return (
    <SignInFrame heading={text.heading} intro={text.intro}>
      <Form method="post" ref={form} className="grid gap-5" noValidate>
        <FormError problem={problem} />
        <Field label={text.label} name="code" error={problem?.fieldErrors.code} hint={text.hint}>
          {(control) => (
            <Input
              {...control}
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              required
              autoFocus
              className="tabular-nums tracking-widest"
            />
          )}
        </Field>
        <SubmitButton pending={pending}>{pending ? frSignIn.submitting : frSignIn.submit}</SubmitButton>
        <Button asChild variant="ghost">
          <Link to={paths.signIn()}>{text.back}</Link>
        </Button>
      </Form>
    </SignInFrame>
  );
}
