import { Form, useNavigation } from "@remix-run/react";
import { UserRoundCog } from "lucide-react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Select } from "#app/components/ui/input.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import type { Ownerless, UserRow } from "#server/users/views.ts";

const text = frUsers.owner;

type OwnerCardProps = {
  /** nobody's: null */
  ownerEmail: string | null;
  users: readonly UserRow[];
};

/** Who manages this, for a super admin to change. */
export function OwnerCard({ ownerEmail, users }: OwnerCardProps) {
  return (
    <Card>
      <CardHeader title={text.title} hint={ownerEmail ? text.hint : text.nobody} />
      <CardBody>
        <OwnerForm key={ownerEmail} intent="assign" ownerEmail={ownerEmail} users={users} />
      </CardBody>
    </Card>
  );
}

type OwnerlessCardProps = { ownerless: Ownerless; users: readonly UserRow[] };

/** What nobody manages, to be given to somebody all at once. */
export function OwnerlessCard({ ownerless, users }: OwnerlessCardProps) {
  const { contacts, campaigns, categories } = ownerless;
  const { title, text: count } = frUsers.ownerless;
  return (
    <Card>
      <CardHeader title={title} hint={count(contacts, campaigns, categories)} />
      <CardBody>
        <OwnerForm intent="assignOwnerless" ownerEmail={null} users={users} />
      </CardBody>
    </Card>
  );
}

type OwnerFormProps = OwnerCardProps & { intent: string };

/** Chooses one of the accounts in use. */
function OwnerForm({ intent, ownerEmail, users }: OwnerFormProps) {
  const pending = useNavigation().formData?.get("intent") === intent;
  const active = users.filter(({ isActive }) => isActive);
  const owner = active.find(({ email }) => email === ownerEmail);
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="intent" value={intent} />
      <Field label={text.label} name="ownerId" className="min-w-56 flex-1">
        {(control) => (
          <Select {...control} required defaultValue={owner?.id ?? ""}>
            {!owner && <option value="">{text.choose}</option>}
            {active.map(({ id, email }) => (
              <option key={id} value={id}>
                {email}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <SubmitButton pending={pending}>
        <UserRoundCog aria-hidden />
        {text.assign}
      </SubmitButton>
    </Form>
  );
}
