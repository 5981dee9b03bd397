import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { MessagesSquare, SearchX } from "lucide-react";
import { ExportMenu } from "#app/components/export-menu.tsx";
import { HistoryFilters } from "#app/components/history-filters.tsx";
import { MessageHistory } from "#app/components/message-history.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { historyQueryOf } from "#app/lib/history-query.ts";
import { paths } from "#app/lib/paths.ts";
import { cursorOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveHistory } from "#app/lib/use-live-campaign.ts";

const text = fr.messages.history;

export const meta: MetaFunction = () => [{ title: fr.common.title(fr.messages.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const url = new URL(args.request.url);
  const filters = historyQueryOf(url.searchParams);
  const caller = await callerFor(args);
  const cursor = cursorOf(url);
  const [messages, choices] = await Promise.all([
    caller.messages.list({ ...filters, ...cursor }),
    caller.messages.choices(filters),
  ]);
  const filtered = Object.values(filters).some((value) => value !== null);
  return { messages, choices, filtered, counted: !filters.search || !(cursor.after || cursor.before) };
}

export default function Messages() {
  const { messages, choices, filtered, counted } = useLoaderData<typeof loader>();
  useLiveHistory();
  const { rows, total, totalIsMore, previous, next } = messages;
  const empty = !filtered && rows.length === 0;
  const shown = totalIsMore ? fr.common.moreThan(count(total)) : count(total);
  return (
    <>
      <PageHeader
        title={fr.messages.title}
        actions={rows.length > 0 && <Export />}
        meta={!empty && counted && <p role="status">{text.total(shown, total < 2)}</p>}
      />
      <Card>
        {!empty && <HistoryFilters choices={choices} filtered={filtered} />}
        {rows.length > 0 ? <MessageHistory rows={rows} /> : <Nothing filtered={filtered} />}
        <CursorPages previous={previous} next={next} />
      </Card>
    </>
  );
}

/** Of what is shown, on every page of it. */
function Export() {
  const [params] = useSearchParams();
  const filter = new URLSearchParams([...params].filter(([name, value]) => value && !cursors.has(name)));
  return <ExportMenu path={paths.exportMessages(filter)} />;
}

const cursors = new Set(["avant", "apres"]);

function Nothing({ filtered }: { filtered: boolean }) {
  const { noMatch, empty } = text;
  const [icon, said, to] = filtered
    ? [SearchX, noMatch, paths.messages()]
    : [MessagesSquare, empty, paths.campaigns];
  return (
    <EmptyState
      icon={icon}
      title={said.title}
      action={
        <Button asChild>
          <Link to={to}>{said.action}</Link>
        </Button>
      }
    >
      {said.text}
    </EmptyState>
  );
}
