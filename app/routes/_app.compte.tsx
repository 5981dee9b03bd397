import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PasswordForm } from "#app/components/password-form.tsx";
import { SessionList } from "#app/components/session-list.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor, requireUser } from "#app/lib/trpc.server.ts";

const text = fr.account;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await requireUser(args);
  return { user, sessions: await (await callerFor(args)).account.sessions() };
}

export function action(args: ActionFunctionArgs) {
  const to = paths.account;
  return formAction(args, {
    password: async (caller, form) => {
      await caller.account.changePassword({
        currentPassword: form.text("currentPassword"),
        newPassword: form.text("newPassword"),
      });
      return { to, toast: text.password.done };
    },
    end: async (caller, form) => {
      const { count } = await caller.account.endSession({ id: form.text("id") });
      return { to, toast: text.sessions.ended(count) };
    },
    endOthers: async (caller) => {
      const { count } = await caller.account.endOtherSessions();
      return { to, toast: text.sessions.ended(count) };
    },
  });
}

export default function Account() {
  const { user, sessions } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={text.title} meta={`${user.email} · ${fr.shell.roles[user.role]}`} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Card>
          <CardHeader title={text.password.title} hint={text.password.hint} />
          <CardBody>
            <PasswordForm email={user.email} problem={problem} />
          </CardBody>
        </Card>
        <SessionList sessions={sessions} />
      </div>
    </>
  );
}
