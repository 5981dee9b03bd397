import { Link } from "@remix-run/react";
import { HitKindBadge, VerdictBadge } from "#app/components/hit-badges.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { hitOutcome } from "#app/lib/hit-outcome.ts";
import { paths } from "#app/lib/paths.ts";
import { formatPhone, numberInAddress } from "#server/domain/phone.ts";
import type { HitRow } from "#server/webhooks/views.ts";

const text = frWebhooks;

/** What came to the webhook, and what became of it; each line leads to the whole. */
export function HitsTable({ rows }: { rows: readonly HitRow[] }) {
  const { columns } = text;
  return (
    <Table
      label={text.title}
      head={
        <>
          <HeadCell>{columns.time}</HeadCell>
          <HeadCell>{columns.kind}</HeadCell>
          <HeadCell>{columns.about}</HeadCell>
          <HeadCell>{columns.verdict}</HeadCell>
          <HeadCell className="w-1/3">{columns.outcome}</HeadCell>
        </>
      }
    >
      {rows.map((hit) => (
        <HitLine key={hit.id} hit={hit} />
      ))}
    </Table>
  );
}

/** The number as one reads it, or whatever the address is when it is none. */
function addressText(address: string): string {
  const number = numberInAddress(address);
  return number ? formatPhone(number) : address.replace(/^whatsapp:/, "");
}

function HitLine({ hit }: { hit: HitRow }) {
  const { now, format } = useClock();
  const { id, receivedAt, kind, status, address, verdict, found } = hit;
  return (
    <Row>
      <Cell className="max-xl:w-full">
        <Link
          to={paths.hit(id)}
          prefetch="intent"
          className="whitespace-nowrap font-medium tabular-nums hover:underline"
        >
          <time dateTime={receivedAt.toISOString()} title={format.relative(receivedAt, now)}>
            {format.date(receivedAt, now)} {format.preciseTime(receivedAt)}
          </time>
        </Link>
      </Cell>
      <Cell>
        <HitKindBadge kind={kind} status={status} />
      </Cell>
      <Cell className="max-w-56 truncate text-ink-soft tabular-nums max-xl:hidden">
        {address === null ? fr.common.none : addressText(address)}
      </Cell>
      <Cell>
        <VerdictBadge verdict={verdict} />
      </Cell>
      <Cell className="min-w-0 break-words max-xl:w-full max-xl:text-[0.8125rem]">
        {hitOutcome(hit)}
        {found && <span className="block text-ink-soft text-xs">{text.found}</span>}
      </Cell>
    </Row>
  );
}
