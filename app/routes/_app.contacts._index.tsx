import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useSearchParams, useSubmit } from "@remix-run/react";
import { BellOff, Contact, Pencil, Search, SearchX, Trash2, TriangleAlert, UserPlus } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { CategoryTags } from "#app/components/category-tag.tsx";
import { MembershipBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { fr } from "#app/i18n/fr.ts";
import { contactLabel, contactName } from "#app/lib/contact-name.ts";
import { formAction, pageBefore } from "#app/lib/form-action.server.ts";
import { leadToLastPage } from "#app/lib/last-page.server.ts";
import { paths } from "#app/lib/paths.ts";
import { pageOf, positiveInteger } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { CategoryRow } from "#server/categories/views.ts";
import type { ContactRow } from "#server/contacts/views.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = fr.contacts;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const url = new URL(args.request.url);
  const caller = await callerFor(args);
  const search = url.searchParams.get("recherche")?.replaceAll("\0", "").slice(0, 100) ?? "";
  const categoryId = positiveInteger(url.searchParams.get("categorie"));
  const [contacts, categories] = await Promise.all([
    caller.contacts.list({ page: pageOf(url), search, categoryId }),
    caller.categories.list(),
  ]);
  leadToLastPage(url, contacts);
  return { contacts, categories, search, categoryId };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    delete: async (caller, form) => {
      await caller.contacts.delete({ id: form.id("id") });
      return { to: pageBefore(args.request), toast: text.deleted };
    },
  });
}

export default function Contacts() {
  const { contacts, categories, search, categoryId } = useLoaderData<typeof loader>();
  const filtered = search !== "" || categoryId !== null;
  const empty = !filtered && contacts.total === 0;
  return (
    <>
      <PageHeader
        title={text.title}
        meta={!empty && text.count(contacts.total)}
        actions={!empty && <AddButton />}
      />
      <Card>
        {!empty && <Filters categories={categories} />}
        {contacts.rows.length > 0 ? <ContactsTable rows={contacts.rows} /> : <Nothing filtered={filtered} />}
        <Pagination {...contacts} />
      </Card>
    </>
  );
}

/** Searches as one types; Enter and the button work without JavaScript. */
function Filters({ categories }: { categories: readonly CategoryRow[] }) {
  const [params] = useSearchParams();
  const id = useId();
  const submit = useSubmit();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const search = params.get("recherche") ?? "";
  const category = params.get("categorie") ?? "";

  // a link or the back button changed the search, not the person in the field
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = search;
  }, [search]);

  function submitSoon(form: HTMLFormElement, delayMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), delayMs);
  }

  return (
    <Form
      role="search"
      className="flex flex-wrap gap-2 border-line border-b px-4 py-3 sm:px-6"
      onChange={(event) =>
        submitSoon(event.currentTarget, event.target instanceof HTMLSelectElement ? 0 : 250)
      }
    >
      <div className="relative min-w-0 flex-1 basis-64">
        <label htmlFor={`${id}-search`} className="sr-only">
          {text.searchLabel}
        </label>
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
        <Input
          ref={input}
          id={`${id}-search`}
          type="search"
          name="recherche"
          maxLength={100}
          defaultValue={search}
          placeholder={text.searchPlaceholder}
          className="pl-9"
        />
      </div>
      <div className="w-full min-w-0 sm:w-64">
        <label htmlFor={`${id}-category`} className="sr-only">
          {text.categoryFilter}
        </label>
        <Select id={`${id}-category`} key={category} name="categorie" defaultValue={category}>
          <option value="">{text.allCategories}</option>
          {categories.map(({ id, name, contactCount }) => (
            <option key={id} value={id}>
              {name} ({contactCount})
            </option>
          ))}
        </Select>
      </div>
      <noscript>
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
    </Form>
  );
}

function ContactsTable({ rows }: { rows: readonly ContactRow[] }) {
  const { columns } = text;
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>{columns.name}</HeadCell>
          <HeadCell>{columns.number}</HeadCell>
          <HeadCell>{columns.categories}</HeadCell>
          <HeadCell>{columns.sandbox}</HeadCell>
          <HeadCell className="max-xl:hidden">{columns.lastInbound}</HeadCell>
          <HeadCell>
            <span className="sr-only">{columns.actions}</span>
          </HeadCell>
        </>
      }
    >
      {rows.map((contact) => (
        <ContactLine key={contact.id} contact={contact} />
      ))}
    </Table>
  );
}

function ContactLine({ contact }: { contact: ContactRow }) {
  const { membershipHours } = useSandbox();
  const name = contactName(contact);
  return (
    <Row>
      <Cell className="font-medium max-xl:w-full max-xl:pr-20">
        <Link to={paths.contact(contact.id)} prefetch="intent" className="hover:underline">
          {name ?? <span className="text-ink-soft">{text.unnamed}</span>}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap tabular-nums max-xl:w-full max-xl:text-ink-soft">
        {formatPhone(contact.fullNumber)}
      </Cell>
      <Cell className="max-xl:order-1 max-xl:min-w-0 max-xl:empty:hidden">
        {contact.categories.length > 0 && <CategoryTags categories={contact.categories} />}
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1">
          <MembershipBadge contact={contact} membershipHours={membershipHours} />
          <ContactWarnings contact={contact} />
        </span>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft max-xl:hidden">
        {contact.lastInboundAt ? <Time at={contact.lastInboundAt} /> : text.never}
      </Cell>
      <Cell className="max-xl:absolute max-xl:top-2 max-xl:right-2">
        <ContactActions contact={contact} />
      </Cell>
    </Row>
  );
}

function ContactWarnings({ contact }: { contact: ContactRow }) {
  return (
    <>
      {contact.optedOutAt && (
        <Badge tone="danger" icon={BellOff}>
          {text.optedOut}
        </Badge>
      )}
      {contact.flag && (
        <Badge tone="warning" icon={TriangleAlert} title={text.flagHints[contact.flag]}>
          {text.flags[contact.flag]}
        </Badge>
      )}
    </>
  );
}

function ContactActions({ contact }: { contact: ContactRow }) {
  const label = contactLabel(contact);
  return (
    <div className="flex justify-end gap-1">
      <Button asChild variant="ghost" size="iconSmall">
        <Link to={paths.contact(contact.id)} aria-label={`${fr.common.edit} ${label}`}>
          <Pencil aria-hidden />
        </Link>
      </Button>
      <ConfirmButton
        intent="delete"
        fields={{ id: contact.id }}
        variant="ghost"
        size="iconSmall"
        icon={<Trash2 aria-hidden />}
        label={`${text.remove.action} ${label}`}
        title={text.remove.title(label)}
        description={<p>{text.remove.text}</p>}
        confirm={text.remove.confirm}
      />
    </div>
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
    <EmptyState icon={Contact} title={text.empty.title} action={<AddButton />}>
      {text.empty.text}
    </EmptyState>
  );
}

function AddButton() {
  return (
    <Button asChild variant="primary">
      <Link to={paths.newContact} prefetch="intent">
        <UserPlus aria-hidden />
        {text.add}
      </Link>
    </Button>
  );
}
