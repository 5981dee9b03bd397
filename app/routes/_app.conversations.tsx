import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useParams } from "@remix-run/react";
import { MessagesSquare, SearchX, UserRoundX, Zap } from "lucide-react";
import { ConversationList, StrangerList } from "#app/components/conversation-list.tsx";
import { InboxFilters } from "#app/components/inbox-filters.tsx";
import { LiveIndicator } from "#app/components/live-indicator.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { inboxQueryOf } from "#app/lib/inbox-query.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor, requireUser } from "#app/lib/trpc.server.ts";
import { useLiveInbox } from "#app/lib/use-live-inbox.ts";

const text = frConversations;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const user = await requireUser(args);
  const caller = await callerFor(args);
  const query = inboxQueryOf(searchParams);
  const withStrangers = user.role === "super_admin";
  const cursor = {
    after: searchParams.get("apres")?.slice(0, 500),
    before: searchParams.get("avant")?.slice(0, 500),
  };
  const counts = await caller.conversations.counts();
  if (query.filter === "strangers" && withStrangers) {
    return { query, counts, withStrangers, strangers: await caller.strangers.list(cursor), inbox: null };
  }
  const filter = query.filter === "strangers" ? null : query.filter;
  const inbox = await caller.conversations.list({ search: query.search, filter, ...cursor });
  return { query: { ...query, filter }, counts, withStrangers, strangers: null, inbox };
}

/** On a desk the inbox and a conversation side by side, on a phone one after the other. */
export default function Conversations() {
  const { query, counts, withStrangers, strangers, inbox } = useLoaderData<typeof loader>();
  const { contactId, strangerId } = useParams();
  const mode = useLiveInbox();
  const isOpen = contactId !== undefined || strangerId !== undefined;
  const page = inbox ?? strangers;
  return (
    <>
      <div className={cn(isOpen && "max-lg:hidden")}>
        <PageHeader
          title={text.title}
          meta={
            <span className="flex flex-wrap items-center gap-x-4">
              {inbox ? text.count(inbox.total, inbox.totalIsMore) : text.strangers.count(counts.strangers)}
              <LiveIndicator mode={mode} />
            </span>
          }
          actions={
            <Button asChild>
              <Link to={paths.quickReplies} prefetch="intent">
                <Zap aria-hidden />
                {text.quick.manage}
              </Link>
            </Button>
          }
        />
      </div>
      {isOpen && <h1 className="sr-only lg:hidden">{text.title}</h1>}
      <div className="grid items-start gap-6 lg:grid-cols-[21rem_minmax(0,1fr)]">
        <Card
          aria-label={text.list}
          className={cn(
            "min-w-0 lg:max-h-[max(36rem,calc(100dvh-13rem))] lg:overflow-y-auto",
            isOpen && "max-lg:hidden",
          )}
        >
          <InboxFilters query={query} counts={counts} withStrangers={withStrangers} />
          {inbox && inbox.rows.length > 0 && <ConversationList rows={inbox.rows} />}
          {strangers && strangers.rows.length > 0 && <StrangerList rows={strangers.rows} />}
          {page?.rows.length === 0 && <Nothing query={query} />}
          {page && <CursorPages previous={page.previous} next={page.next} />}
        </Card>
        <div className={cn("min-w-0", !isOpen && "max-lg:hidden")}>
          <Outlet />
        </div>
      </div>
    </>
  );
}

function Nothing({ query: { search, filter } }: { query: ReturnType<typeof inboxQueryOf> }) {
  if (filter === "strangers") {
    const { title, text: why } = text.strangers.empty;
    return (
      <EmptyState icon={UserRoundX} title={title}>
        {why}
      </EmptyState>
    );
  }
  const filtered = search !== "" || filter !== null;
  const { noMatch, empty } = text;
  return (
    <EmptyState
      icon={filtered ? SearchX : MessagesSquare}
      title={filtered ? noMatch.title : empty.title}
      action={
        <Button asChild>
          <Link to={filtered ? paths.conversations() : paths.campaigns}>
            {filtered ? noMatch.reset : empty.action}
          </Link>
        </Button>
      }
    >
      {filtered ? noMatch.text : empty.text}
    </EmptyState>
  );
}
