import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { ScrollText, SearchX } from "lucide-react";
import { AuditFilters } from "#app/components/audit-filters.tsx";
import { AuditTable } from "#app/components/audit-table.tsx";
import { ExportMenu } from "#app/components/export-menu.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frAudit } from "#app/i18n/fr/audit.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { auditQueryOf } from "#app/lib/audit-query.ts";
import { paths } from "#app/lib/paths.ts";
import { cursorOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = frAudit;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const url = new URL(args.request.url);
  const filters = auditQueryOf(url.searchParams);
  const caller = await callerFor(args);
  const [entries, users, kept] = await Promise.all([
    caller.audit.list({ ...filters, ...cursorOf(url) }),
    caller.users.list(),
    caller.audit.kept(),
  ]);
  return { entries, users, kept, filtered: Object.values(filters).some((value) => value !== null) };
}

export default function AuditLog() {
  const { entries, users, kept, filtered } = useLoaderData<typeof loader>();
  const { rows, total, totalIsMore, previous, next } = entries;
  const empty = !filtered && rows.length === 0;
  const shown = totalIsMore ? fr.common.moreThan(count(total)) : count(total);
  return (
    <>
      <PageHeader
        title={text.title}
        actions={rows.length > 0 && <Export />}
        meta={
          <>
            <p>
              {text.intro} {text.kept(kept.months)}
            </p>
            {!empty && <p role="status">{text.total(shown, total < 2)}</p>}
          </>
        }
      />
      <Card>
        {!empty && <AuditFilters users={users} filtered={filtered} />}
        {rows.length > 0 ? <AuditTable rows={rows} /> : <Nothing filtered={filtered} />}
        <CursorPages previous={previous} next={next} />
      </Card>
    </>
  );
}

const cursors = new Set(["avant", "apres"]);

/** Of what is shown, on every page of it. */
function Export() {
  const [params] = useSearchParams();
  const filter = new URLSearchParams([...params].filter(([name, value]) => value && !cursors.has(name)));
  return <ExportMenu path={paths.exportAudit(filter)} />;
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { noMatch, empty } = text;
  if (!filtered) {
    return (
      <EmptyState icon={ScrollText} title={empty.title}>
        {empty.text}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={noMatch.title}
      action={
        <Button asChild>
          <Link to={paths.audit()}>{noMatch.action}</Link>
        </Button>
      }
    >
      {noMatch.text}
    </EmptyState>
  );
}
