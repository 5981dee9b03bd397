import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigate,
  useNavigation,
  useSearchParams,
} from "@remix-run/react";
import { UserPlus } from "lucide-react";
import { useEffect, useState } from "react";
import { NewPasswordDialog } from "#app/components/new-password-dialog.tsx";
import { OwnerlessCard } from "#app/components/owner-card.tsx";
import { Button, SubmitButton } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { UserForm } from "#app/components/user-form.tsx";
import { UsersTable } from "#app/components/users-table.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import type { UserRow } from "#server/users/views.ts";

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
  return formAction(args, {
    create: async (caller, form) => {
      const role = form.text("role") === "super_admin" ? "super_admin" : "admin";
      const { email, password } = await caller.users.create({ email: form.text("email"), role });
      return { show: { email, password } };
    },
    reset: async (caller, form) => {
      const { email, password } = await caller.users.resetPassword({ id: form.id("id") });
      return { show: { email, password } };
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
  const [made, setMade] = useState(passwordIn(answer));
  const problem = answer && "values" in answer ? answer : undefined;
  const toReset = users.find(({ id }) => String(id) === search.get("motdepasse"));

  // told once: it stays until it is taken note of, whatever the page reads meanwhile
  useEffect(() => {
    const told = passwordIn(answer);
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
      ) : toReset ? (
        <Dialog open onOpenChange={leave} title={text.reset.title(toReset.email)}>
          <ResetForm user={toReset} problem={problem} />
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

function passwordIn(answer: Answer): { email: string; password: string } | null {
  return answer && "password" in answer ? answer : null;
}

function ResetForm({ user, problem }: { user: UserRow; problem: FormProblem | undefined }) {
  const pending = useNavigation().formMethod === "POST";
  return (
    <Form method="post" className="grid gap-5">
      <input type="hidden" name="intent" value="reset" />
      <input type="hidden" name="id" value={user.id} />
      <FormError problem={problem} />
      <p className="text-ink-soft">{text.reset.text}</p>
      <div className="flex justify-end">
        <SubmitButton pending={pending} variant="danger">
          {text.reset.confirm}
        </SubmitButton>
      </div>
    </Form>
  );
}
