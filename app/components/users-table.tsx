import { Link } from "@remix-run/react";
import { CircleCheck, CircleOff, KeyRound, Lock, LockOpen, Shield, ShieldCheck } from "lucide-react";
import { Email } from "#app/components/email.tsx";
import { ActionButton, ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { UserRow } from "#server/users/views.ts";

const text = frUsers;

type UsersTableProps = { users: readonly UserRow[]; ownId: number | null };

export function UsersTable({ users, ownId }: UsersTableProps) {
  const { columns } = text;
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>{columns.email}</HeadCell>
          <HeadCell>{columns.role}</HeadCell>
          <HeadCell>{columns.state}</HeadCell>
          <HeadCell>{columns.seen}</HeadCell>
          <HeadCell>
            <span className="sr-only">{columns.actions}</span>
          </HeadCell>
        </>
      }
    >
      {users.map((user) => (
        <UserLine key={user.id} user={user} isOwn={user.id === ownId} />
      ))}
    </Table>
  );
}

function UserLine({ user, isOwn }: { user: UserRow; isOwn: boolean }) {
  const { now, format } = useClock();
  const { email, role, isActive, lastSeenAt, openSessions } = user;
  const isSuper = role === "super_admin";
  return (
    <Row>
      <Cell className="max-xl:w-full xl:min-w-52">
        <span className="font-medium">
          <Email>{email}</Email>
        </span>
        {isOwn && <span className="text-ink-soft"> ({text.you})</span>}
      </Cell>
      <Cell>
        <Badge tone={isSuper ? "info" : "neutral"} icon={isSuper ? ShieldCheck : Shield}>
          {fr.shell.roles[role]}
        </Badge>
      </Cell>
      <Cell>
        <Badge tone={isActive ? "accent" : "neutral"} icon={isActive ? CircleCheck : CircleOff}>
          {isActive ? text.active : text.inactive}
        </Badge>
      </Cell>
      <Cell className="text-ink-soft max-xl:text-[0.8125rem]">
        {lastSeenAt ? format.relative(lastSeenAt, now) : text.never}
        {openSessions > 0 && (
          <span className="block whitespace-nowrap text-xs">{text.sessions(openSessions)}</span>
        )}
      </Cell>
      <Cell className="max-xl:w-full">{!isOwn && <UserActions user={user} />}</Cell>
    </Row>
  );
}

/** What one does to another's account; one's own is under "Mon compte". */
function UserActions({ user: { id, email, role, isActive } }: { user: UserRow }) {
  const fields = { id };
  const small = { variant: "ghost", size: "sm" } as const;
  if (!isActive) {
    const { action, label } = text.activate;
    return (
      <div className="flex xl:justify-end">
        <ActionButton
          intent="activate"
          fields={fields}
          icon={<LockOpen aria-hidden />}
          label={label(email)}
          {...small}
        >
          {action}
        </ActionButton>
      </div>
    );
  }
  const [other, toOther] =
    role === "admin" ? (["super_admin", "toSuperAdmin"] as const) : (["admin", "toAdmin"] as const);
  return (
    <div className="flex flex-wrap gap-1 max-xl:-ml-3 xl:flex-nowrap xl:justify-end">
      <ConfirmButton
        intent={toOther}
        fields={fields}
        icon={other === "admin" ? <Shield aria-hidden /> : <ShieldCheck aria-hidden />}
        label={text.role.label[other](email)}
        title={text.role.title(email)}
        description={<p>{text.role.text[other]}</p>}
        confirm={text.role.confirm}
        tone="primary"
        {...small}
      >
        {text.role.action}
      </ConfirmButton>
      <Button asChild {...small}>
        <Link to={`?motdepasse=${id}`} preventScrollReset aria-label={text.reset.label(email)}>
          <KeyRound aria-hidden />
          {text.reset.action}
        </Link>
      </Button>
      <ConfirmButton
        intent="deactivate"
        fields={fields}
        icon={<Lock aria-hidden />}
        label={text.deactivate.label(email)}
        title={text.deactivate.title(email)}
        description={<p>{text.deactivate.text}</p>}
        confirm={text.deactivate.confirm}
        {...small}
        variant="dangerGhost"
      >
        {text.deactivate.action}
      </ConfirmButton>
    </div>
  );
}
