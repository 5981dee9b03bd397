import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ContactForm } from "#app/components/contact-form.tsx";
import { Card, CardBody } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { contactInput } from "#app/lib/contact-input.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { listCountries } from "#server/domain/countries.ts";

const text = fr.contacts;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.form.newTitle) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  return { categories: await caller.categories.list(), countries: listCountries() };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    save: async (caller, form) => {
      const { revived } = await caller.contacts.create(contactInput(form));
      return { to: paths.contacts(), toast: revived ? text.revived : text.created };
    },
  });
}

export default function NewContact() {
  const { categories, countries } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  return (
    <>
      <PageHeader title={text.form.newTitle} parent={{ label: text.title, to: paths.contacts() }} />
      <Card className="max-w-3xl">
        <CardBody>
          <ContactForm countries={countries} categories={categories} problem={problem} />
        </CardBody>
      </Card>
    </>
  );
}
