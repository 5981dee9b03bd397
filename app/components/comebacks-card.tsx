import { Link } from "@remix-run/react";
import { RotateCcw } from "lucide-react";
import { Time } from "#app/components/time.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { fr } from "#app/i18n/fr.ts";
import { contactLabel } from "#app/lib/contact-name.ts";
import { paths } from "#app/lib/paths.ts";
import type { Comeback, ComebackPage } from "#server/sandbox/views.ts";

const text = fr.sandboxPage.comebacks;

/** Contacts who have joined since Twilio refused their message: one press sends it again. */
export function ComebacksCard({ comebacks }: { comebacks: ComebackPage }) {
  const { rows, total, totalIsMore } = comebacks;
  return (
    <Card>
      <CardHeader
        title={text.title(total, totalIsMore)}
        hint={text.hint}
        actions={
          <ActionButton intent="resend" variant="primary" icon={<RotateCcw aria-hidden />}>
            {text.all(total, totalIsMore)}
          </ActionButton>
        }
      />
      <div className="pt-2">
        <Table
          label={text.label}
          head={
            <>
              <HeadCell>{fr.contacts.columns.name}</HeadCell>
              <HeadCell>{text.campaign}</HeadCell>
              <HeadCell>{text.failedAt}</HeadCell>
              <HeadCell>{text.cameBackAt}</HeadCell>
              <HeadCell>
                <span className="sr-only">{fr.contacts.columns.actions}</span>
              </HeadCell>
            </>
          }
        >
          {rows.map((row) => (
            <ComebackLine key={row.messageId} row={row} />
          ))}
        </Table>
      </div>
      {(totalIsMore || total > rows.length) && (
        <p className="border-line border-t px-4 py-3 text-ink-soft sm:px-6">{text.more}</p>
      )}
    </Card>
  );
}

function ComebackLine({ row }: { row: Comeback }) {
  const name = contactLabel(row);
  return (
    <Row>
      <Cell className="font-medium max-xl:w-full">
        <Link to={paths.contact(row.contactId)} prefetch="intent" className="hover:underline">
          {name}
        </Link>
      </Cell>
      <Cell className="max-xl:w-full">
        <Link to={paths.campaign(row.campaignId)} prefetch="intent" className="hover:underline">
          {row.campaignName}
        </Link>
      </Cell>
      <Cell className="text-ink-soft max-xl:hidden">{row.failedAt && <Time at={row.failedAt} />}</Cell>
      <Cell className="text-ink-soft">
        <span className="xl:hidden">{text.back} </span>
        <Time at={row.cameBackAt} />
      </Cell>
      <Cell className="text-right max-xl:ml-auto">
        <ActionButton
          intent="resend"
          fields={{ messageId: row.messageId }}
          size="sm"
          icon={<RotateCcw aria-hidden />}
          label={text.oneLabel(name)}
        >
          {text.one}
        </ActionButton>
      </Cell>
    </Row>
  );
}
