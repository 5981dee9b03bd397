import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { MessagesSquare, Trash2 } from "lucide-react";
import { useState } from "react";
import { ContactForm } from "#app/components/contact-form.tsx";
import { ContactHistory } from "#app/components/contact-history.tsx";
import { ContactState } from "#app/components/contact-state.tsx";
import { OwnerCard } from "#app/components/owner-card.tsx";
import { PersonalDataCard } from "#app/components/personal-data-card.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { frPersonalData } from "#app/i18n/fr/personal-data.ts";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";
import { assignableUsers } from "#app/lib/assignable-users.server.ts";
import { contactInput } from "#app/lib/contact-input.ts";
import { contactLabel, contactName } from "#app/lib/contact-name.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveContact } from "#app/lib/use-live-campaign.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import { listCountries } from "#server/domain/countries.ts";
import { contactHistoryKinds } from "#server/domain/inputs.ts";
import { formatPhone, parsePhone } from "#server/domain/phone.ts";

const text = fr.contacts;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: fr.common.title(data ? contactLabel(data.contact) : text.title) },
];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const { searchParams } = new URL(args.request.url);
  const id = Number(args.params.contactId);
  const kind = contactHistoryKinds.find((one) => one === searchParams.get("historique")) ?? null;
  const [contact, history, categories, users] = await Promise.all([
    caller.contacts.get({ id }),
    caller.contacts.history({ id, kind, before: searchParams.get("avant")?.slice(0, 500) }),
    caller.categories.list(),
    assignableUsers(caller),
  ]);
  return { contact, history, kind, categories, users, countries: listCountries() };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.contactId);
  return formAction(args, {
    save: async (caller, form) => {
      await caller.contacts.update({ id, ...contactInput(form) });
      return { to: paths.contact(id), toast: text.updated };
    },
    assign: async (caller, form) => {
      await caller.users.assignOwner({ subject: "contact", id, ownerId: form.id("ownerId") });
      return { to: paths.contact(id), toast: frUsers.owner.done };
    },
    erase: async (caller) => {
      await caller.contacts.erase({ id });
      return { to: paths.contacts(), toast: frPersonalData.erased };
    },
    delete: async (caller) => {
      await caller.contacts.delete({ id });
      return { to: paths.contacts(), toast: text.deleted };
    },
  });
}

export default function ContactPage() {
  const { contact, history, kind, categories, users, countries } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const sandbox = useSandbox();
  useLiveContact(contact.id);
  const label = contactLabel(contact);
  const parsed = parsePhone(contact.fullNumber);
  const number = formatPhone(contact.fullNumber);
  const stored = {
    number,
    country: "problem" in parsed ? null : parsed.country,
    firstName: contact.firstName,
    lastName: contact.lastName,
    categoryIds: contact.categories.map(({ id }) => id),
  };
  const beganWith = useAsOfArrival(stored);
  return (
    <>
      <PageHeader
        title={label}
        parent={{ label: text.title, to: paths.contacts() }}
        meta={contactName(contact) && <span className="tabular-nums">{number}</span>}
        actions={
          <>
            <Button asChild>
              <Link to={paths.conversation(contact.id)} prefetch="intent">
                <MessagesSquare aria-hidden />
                {frConversations.thread.open}
              </Link>
            </Button>
            <ConfirmButton
              intent="delete"
              variant="dangerGhost"
              icon={<Trash2 aria-hidden />}
              title={text.remove.title(label)}
              description={<p>{text.remove.text}</p>}
              confirm={text.remove.confirm}
            >
              {text.remove.action}
            </ConfirmButton>
          </>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-rows-[auto_1fr]">
        <div className="lg:col-start-2">
          <ContactState contact={contact} sandbox={sandbox} />
        </div>
        <div className="grid gap-6 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <Card>
            <CardHeader title={text.detail.identity} />
            <CardBody>
              <ContactForm
                // saved anew: the form starts again from what is stored; news must not take what is being typed
                key={JSON.stringify(beganWith)}
                countries={countries}
                categories={categories}
                problem={problem}
                contact={beganWith}
              />
            </CardBody>
          </Card>
          {users && <OwnerCard ownerEmail={contact.ownerEmail} users={users} />}
          <ContactHistory contactId={contact.id} history={history} kind={kind} />
        </div>
        <div className="lg:col-start-2">
          <PersonalDataCard contactId={contact.id} label={label} />
        </div>
      </div>
    </>
  );
}

/** A value as it was when one came to this address, or back to it after a form; not as news changed it since. */
function useAsOfArrival<Value>(value: Value): Value {
  const { key } = useLocation();
  const [kept, keep] = useState({ key, value });
  if (kept.key === key) return kept.value;
  keep({ key, value });
  return value;
}
