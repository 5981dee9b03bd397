import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Megaphone, Plus, SearchX, UserPlus } from "lucide-react";
import { CampaignFilters } from "#app/components/campaign-filters.tsx";
import { CampaignsTable } from "#app/components/campaigns-table.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { readCampaignFilter } from "#app/lib/campaign-filter.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveCampaigns } from "#app/lib/use-live-campaign.ts";

const text = fr.campaigns;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const { after, before, ...filter } = readCampaignFilter(new URL(args.request.url).searchParams);
  const campaigns = await caller.campaigns.list({ ...filter, after, before });
  const isFiltered = filter.search !== "" || filter.status !== null || filter.archived;
  const hasContacts = campaigns.total > 0 || isFiltered || (await caller.contacts.list({})).total > 0;
  return { campaigns, filter, isFiltered, hasContacts };
}

export default function Campaigns() {
  const { campaigns, filter, isFiltered, hasContacts } = useLoaderData<typeof loader>();
  const { rows, total, totalIsMore } = campaigns;
  const none = rows.length === 0 && !isFiltered;
  useLiveCampaigns();
  return (
    <>
      <PageHeader
        title={text.title}
        meta={total > 0 && (totalIsMore ? text.totalIsMore(total) : text.total(total))}
        actions={!none && <AddButton />}
      />
      <Card>
        {!none && <CampaignFilters filter={filter} />}
        {rows.length > 0 ? (
          <CampaignsTable rows={rows} />
        ) : isFiltered ? (
          <EmptyState
            icon={SearchX}
            title={text.noMatch.title}
            action={
              <Button asChild>
                <Link to={paths.campaigns}>{text.noMatch.reset}</Link>
              </Button>
            }
          >
            {filter.archived ? text.noMatch.archived : text.noMatch.text}
          </EmptyState>
        ) : (
          <EmptyState
            icon={Megaphone}
            title={text.empty.title}
            action={hasContacts ? <AddButton /> : <AddContactButton />}
          >
            {hasContacts ? text.empty.text : text.empty.noContacts}
          </EmptyState>
        )}
        <CursorPages {...campaigns} />
      </Card>
    </>
  );
}

function AddButton() {
  return (
    <Button asChild variant="primary">
      <Link to={paths.newCampaign} prefetch="intent">
        <Plus aria-hidden />
        {text.add}
      </Link>
    </Button>
  );
}

function AddContactButton() {
  return (
    <Button asChild variant="primary">
      <Link to={paths.newContact}>
        <UserPlus aria-hidden />
        {fr.contacts.add}
      </Link>
    </Button>
  );
}
