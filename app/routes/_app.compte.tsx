import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ApiTokensCard } from "#app/components/api-tokens-card.tsx";
import { PasswordForm } from "#app/components/password-form.tsx";
import { SessionList } from "#app/components/session-list.tsx";
import { SignInList } from "#app/components/sign-in-list.tsx";
import { TwoFactorCard } from "#app/components/two-factor-card.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { fr } from "#app/i18n/fr.ts";
import { accountIntents } from "#app/lib/account-intents.server.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { callerFor, requireUser } from "#app/lib/trpc.server.ts";

const text = frAccount;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args);
  const { account } = await callerFor(args);
  const [sessions, signIns, twoFactor, tokens] = await Promise.all([
    account.sessions(),
    account.signIns(),
    account.twoFactor(),
    account.tokens(),
  ]);
  return { user, sessions, signIns, twoFactor, tokens };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, accountIntents);
}

export default function Account() {
  const { user, sessions, signIns, twoFactor, tokens } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refused = answer && "values" in answer ? answer : undefined;
  const problemOf = (...intents: string[]) =>
    intents.includes(refused?.values.intent?.[0] ?? "") ? refused : undefined;
  const told = answer && !("values" in answer) ? answer : undefined;
  return (
    <>
      <PageHeader title={text.title} meta={`${user.email} · ${fr.shell.roles[user.role]}`} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <Card>
            <CardHeader title={text.password.title} hint={text.password.hint} />
            <CardBody>
              <PasswordForm email={user.email} problem={problemOf("password")} />
            </CardBody>
          </Card>
          <TwoFactorCard
            state={twoFactor}
            problem={problemOf("startTwoFactor", "confirmTwoFactor", "renewCodes", "removeTwoFactor")}
            recoveryCodes={twoFactor.since ? told?.recoveryCodes : undefined}
          />
        </div>
        <div className="grid gap-6">
          <SessionList sessions={sessions} />
          <SignInList signIns={signIns} />
          <ApiTokensCard tokens={tokens} problem={problemOf("createToken")} made={told?.token} />
        </div>
      </div>
    </>
  );
}
