import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useNavigate, useSearchParams } from "@remix-run/react";
import { UserPlus } from "lucide-react";
import { useEffect, useState } from "react";
import { AccessForm } from "#app/components/access-form.tsx";
import { type HandedOn, NewPasswordDialog } from "#app/components/new-password-dialog.tsx";
import { OwnerlessCard } from "#app/components/owner-card.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { UserForm } from "#app/components/user-form.tsx";
import { UsersTable } from "#app/components/users-table.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = frUsers;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const [users, me, ownerless] = await Promise.all([
    caller.users.list(),
    caller.auth.me(),
    caller.users.ownerless(),
  ]);
  return { users, ownId: me?.id ?? null, ownerless };
}

export function action(args: ActionFunctionArgs) {
  const to = paths.users;
  return formAction<HandedOn>(args, {
    create: async (caller, form) => {
      const role = form.text("role") === "super_admin" ? "super_admin" : "admin";
      const { email, password } = await caller.users.create({ email: form.text("email"), role });
      return { show: { email, password } };
    },
    reset: async (caller, form) => {
      const { email, password } = await caller.users.resetPassword({ id: form.id("id") });
      return { show: { email, password } };
    },
    link: async (caller, form) => {
      const { email, resetToken, expiresAt } = await caller.users.createResetLink({ id: form.id("id") });
      const link = args.context.services.env.webhookBaseUrl + paths.resetLink(resetToken);
      return { show: { email, link, expiresAt } };
    },
    removeTwoFactor: async (caller, form) => {
      await caller.users.removeTwoFactor({ id: form.id("id") });
      return { to, toast: text.twoFactor.done };
    },
    assignOwnerless: async (caller, form) => {
      await caller.users.assignOwnerless({ ownerId: form.id("ownerId") });
      return { to, toast: text.ownerless.done };
    },
    deactivate: async (caller, form) => {
      await caller.users.setActive({ id: form.id("id"), isActive: false });
      return { to, toast: text.deactivate.done };
    },
    activate: async (caller, form) => {
      await caller.users.setActive({ id: form.id("id"), isActive: true });
      return { to, toast: text.activate.done };
    },
    toAdmin: async (caller, form) => {
      await caller.users.changeRole({ id: form.id("id"), role: "admin" });
      return { to, toast: text.role.done };
    },
    toSuperAdmin: async (caller, form) => {
      await caller.users.changeRole({ id: form.id("id"), role: "super_admin" });
      return { to, toast: text.role.done };
    },
  });
}

export default function Users() {
  const { users, ownId, ownerless } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [made, setMade] = useState(handedOn(answer));
  const problem = answer && "values" in answer ? answer : undefined;
  const toLetIn = users.find(({ id }) => String(id) === search.get("motdepasse"));

  // told once: it stays until it is taken note of, whatever the page reads meanwhile
  useEffect(() => {
    const told = handedOn(answer);
    if (told) setMade(told);
  }, [answer]);

  function leave() {
    setMade(null);
    navigate(paths.users, { preventScrollReset: true });
  }

  return (
    <>
      <PageHeader
        title={text.title}
        meta={text.total(users.length)}
        actions={
          <Button asChild variant="primary">
            <Link to="?ajouter=1" preventScrollReset>
              <UserPlus aria-hidden />
              {text.add}
            </Link>
          </Button>
        }
      />
      {made ? (
        <NewPasswordDialog made={made} onClose={leave} />
      ) : toLetIn ? (
        <Dialog open onOpenChange={leave} title={text.reset.title(toLetIn.email)}>
          <AccessForm user={toLetIn} problem={problem} />
        </Dialog>
      ) : (
        <Dialog open={search.has("ajouter")} onOpenChange={leave} title={text.form.title}>
          <UserForm problem={problem} />
        </Dialog>
      )}
      {ownerless.contacts + ownerless.campaigns + ownerless.categories > 0 && (
        <OwnerlessCard ownerless={ownerless} users={users} />
      )}
      <Card>
        <UsersTable users={users} ownId={ownId} />
      </Card>
    </>
  );
}

type Answer = ReturnType<typeof useActionData<typeof action>>;

function handedOn(answer: Answer): HandedOn | null {
  return answer && "email" in answer ? answer : null;
}
