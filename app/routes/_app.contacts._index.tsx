import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { Contact, SearchX, Upload, UserPlus } from "lucide-react";
import { useId } from "react";
import { ContactFilters } from "#app/components/contact-filters.tsx";
import { ContactsBulk, DeleteQuestion } from "#app/components/contacts-bulk.tsx";
import { ContactsTable } from "#app/components/contacts-table.tsx";
import { ExportMenu } from "#app/components/export-menu.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frImports } from "#app/i18n/fr/imports.ts";
import { fr } from "#app/i18n/fr.ts";
import { contactQueryOf, contactSortOf, isFiltered } from "#app/lib/contact-query.ts";
import { formAction, pageBefore } from "#app/lib/form-action.server.ts";
import type { FormReader } from "#app/lib/form-reader.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveContacts } from "#app/lib/use-live-campaign.ts";
import { usePicking } from "#app/lib/use-picking.ts";

const text = fr.contacts;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const caller = await callerFor(args);
  const query = contactQueryOf(searchParams);
  const [contacts, categories] = await Promise.all([
    caller.contacts.list({
      ...query,
      sort: contactSortOf(searchParams),
      after: searchParams.get("apres")?.slice(0, 500),
      before: searchParams.get("avant")?.slice(0, 500),
    }),
    caller.categories.list(),
  ]);
  return { contacts, categories, filtered: isFiltered(query) };
}

export function action(args: ActionFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const choice = (form: FormReader) =>
    form.text("everyone") ? { filter: contactQueryOf(searchParams) } : { ids: form.ids("ids") };
  const to = pageBefore(args.request);
  return formAction(args, {
    delete: async (caller, form) => {
      await caller.contacts.delete({ id: form.id("id") });
      return { to, toast: text.deleted };
    },
    categorise: async (caller, form) => {
      const chosen = { choice: choice(form), categoryId: form.id("categoryId") };
      const { count, category } = await caller.contacts.categorise(chosen);
      return { to, toast: text.bulk.added(count, category) };
    },
    uncategorise: async (caller, form) => {
      const chosen = { choice: choice(form), categoryId: form.id("categoryId") };
      const { count, category } = await caller.contacts.uncategorise(chosen);
      return { to, toast: text.bulk.removed(count, category) };
    },
    askToDelete: async (_, form) => ({ show: { askedToDelete: form.ids("ids") } }),
    deleteMany: async (caller, form) => {
      const { count } = await caller.contacts.deleteMany({ choice: choice(form) });
      return { to, toast: text.bulk.deleted(count) };
    },
  });
}

export default function Contacts() {
  const { contacts, categories, filtered } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const problem = answer && "formError" in answer ? answer : undefined;
  const formId = useId();
  useLiveContacts();
  const { rows, total } = contacts;
  const picking = usePicking(
    rows.map(({ id }) => id),
    problem?.values.ids,
  );
  const totalText = text.count(total, contacts.totalIsMore);
  const empty = !filtered && total === 0;
  return (
    <>
      <PageHeader title={text.title} meta={!empty && totalText} actions={!empty && <AddButtons exported />} />
      <Card className="group/contacts">
        {answer && "askedToDelete" in answer && <DeleteQuestion ids={answer.askedToDelete} />}
        {!empty && <ContactFilters categories={categories} />}
        {rows.length > 0 ? (
          <>
            <ContactsBulk
              {...{ formId, picking, categories, total, totalText, problem }}
              shown={rows.length}
            />
            <ContactsTable rows={rows} picking={picking} formId={formId} />
          </>
        ) : (
          <Nothing filtered={filtered} />
        )}
        <CursorPages {...contacts} />
      </Card>
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title={text.noMatch.title}
        action={
          <Button asChild>
            <Link to={paths.contacts()}>{text.noMatch.reset}</Link>
          </Button>
        }
      >
        {text.noMatch.text}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Contact} title={text.empty.title} action={<AddButtons />}>
      {text.empty.text}
    </EmptyState>
  );
}

function AddButtons({ exported = false }: { exported?: boolean }) {
  const [params] = useSearchParams();
  const filter = new URLSearchParams(params);
  for (const other of ["avant", "apres", "tri", "confirmer"]) filter.delete(other);
  return (
    <>
      {exported && <ExportMenu path={paths.exportContacts(filter)} />}
      <Button asChild>
        <Link to={paths.imports} prefetch="intent">
          <Upload aria-hidden />
          {frImports.open}
        </Link>
      </Button>
      <Button asChild variant="primary">
        <Link to={paths.newContact} prefetch="intent">
          <UserPlus aria-hidden />
          {text.add}
        </Link>
      </Button>
    </>
  );
}
