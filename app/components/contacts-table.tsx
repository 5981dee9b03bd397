import { Link } from "@remix-run/react";
import { BellOff, Trash2, TriangleAlert } from "lucide-react";
import { CategoryTags } from "#app/components/category-tag.tsx";
import { MembershipBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { Checkbox } from "#app/components/ui/checkbox.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { fr } from "#app/i18n/fr.ts";
import { contactLabel, contactName } from "#app/lib/contact-name.ts";
import { paths } from "#app/lib/paths.ts";
import { useHydrated } from "#app/lib/use-hydrated.ts";
import type { Picking } from "#app/lib/use-picking.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { ContactRow } from "#server/contacts/views.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = fr.contacts;

type ContactsTableProps = { rows: readonly ContactRow[]; picking: Picking; formId: string };

/** The checkboxes belong to the form `formId`, which stands elsewhere: rows have forms of their own. */
export function ContactsTable({ rows, picking, formId }: ContactsTableProps) {
  const { columns } = text;
  const hydrated = useHydrated();
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>
            <Checkbox
              className="block"
              disabled={!hydrated}
              aria-label={text.pickAll}
              checked={picking.all}
              indeterminate={picking.some && !picking.all}
              onChange={(event) => picking.pickAll(event.target.checked)}
            />
          </HeadCell>
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
        <ContactLine key={contact.id} contact={contact} picking={picking} formId={formId} />
      ))}
    </Table>
  );
}

type ContactLineProps = { contact: ContactRow; picking: Picking; formId: string };

function ContactLine({ contact, picking, formId }: ContactLineProps) {
  const { membershipHours } = useSandbox();
  const name = contactName(contact);
  return (
    <Row className="has-[input[name=ids]:checked]:bg-accent-soft/40">
      <Cell className="max-xl:flex">
        <Checkbox
          className="block"
          name="ids"
          value={contact.id}
          form={formId}
          aria-label={text.pick(contactLabel(contact))}
          checked={picking.picked.has(contact.id)}
          onChange={(event) => picking.pick(contact.id, event.target.checked)}
        />
      </Cell>
      <Cell className="font-medium max-xl:flex-1 max-xl:pr-10 xl:min-w-36">
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
      <Cell className="text-ink-soft max-xl:hidden">
        {contact.lastInboundAt ? <Time at={contact.lastInboundAt} /> : text.never}
      </Cell>
      <Cell className="max-xl:absolute max-xl:top-2 max-xl:right-2">
        <DeleteButton contact={contact} />
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

function DeleteButton({ contact }: { contact: ContactRow }) {
  const label = contactLabel(contact);
  return (
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
  );
}
