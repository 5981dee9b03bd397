import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { Wordmark } from "#app/components/logo.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { ToastWithoutScript } from "#app/components/toasts.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { signInAction } from "#app/lib/form-action.server.ts";
import { useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { takeToast } from "#app/lib/preferences.server.ts";
import { sessionToken } from "#app/lib/session.server.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useToastOfPage } from "#app/lib/use-toast-of-page.ts";

export const meta: MetaFunction = () => [{ title: fr.common.title(fr.signIn.title) }];

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
  const [shown, setShown] = useState(false);
  const text = fr.signIn;
  const errors = problem?.fieldErrors ?? {};
  return (
    <main data-whole-window className="grid min-h-dvh lg:grid-cols-[minmax(28rem,2fr)_3fr]">
      <div className="flex flex-col px-6 py-8 sm:px-12">
        <Wordmark />
        <div className="m-auto grid w-full max-w-sm gap-8 py-12">
          <ToastWithoutScript toast={toast} />
          <div className="grid gap-1">
            <h1 className="font-semibold text-2xl leading-8">{text.heading}</h1>
            <p className="text-ink-soft">{expired ? text.expired : text.intro}</p>
          </div>
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
              {(control) => (
                <div className="relative">
                  <Input
                    {...control}
                    type={shown ? "text" : "password"}
                    autoComplete="current-password"
                    required
                    className="pr-11"
                  />
                  <Button
                    variant="ghost"
                    size="iconSmall"
                    className="absolute top-1 right-1"
                    aria-label={shown ? text.hidePassword : text.showPassword}
                    onClick={() => setShown(!shown)}
                  >
                    {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                  </Button>
                </div>
              )}
            </Field>
            <SubmitButton pending={pending}>{pending ? text.submitting : text.submit}</SubmitButton>
          </Form>
        </div>
      </div>
      <Conversation />
    </main>
  );
}

/** What Relance does, told by the conversation it leads. */
function Conversation() {
  const { aside } = fr.signIn;
  const bubble = "max-w-sm animate-rise rounded-2xl px-4 py-3 text-[0.9375rem] shadow-card";
  return (
    <aside className="hidden place-content-center gap-8 border-line border-l bg-chat-wall p-12 lg:grid">
      <div className="grid w-[30rem] gap-3">
        <p className={`${bubble} justify-self-start rounded-tl-sm bg-chat-in`}>{aside.one}</p>
        <p className={`${bubble} justify-self-end rounded-tr-sm bg-chat-out [animation-delay:120ms]`}>
          {aside.answer}
        </p>
        <p className={`${bubble} justify-self-start rounded-tl-sm bg-chat-in [animation-delay:240ms]`}>
          <MessageText text={aside.two} />
        </p>
      </div>
      <p className="text-center text-ink-soft">{aside.caption}</p>
    </aside>
  );
}
