import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Megaphone, Plus, UserPlus } from "lucide-react";
import { CampaignsTable } from "#app/components/campaigns-table.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { fr } from "#app/i18n/fr.ts";
import { leadToLastPage } from "#app/lib/last-page.server.ts";
import { paths } from "#app/lib/paths.ts";
import { pageOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveCampaigns } from "#app/lib/use-live-campaign.ts";

const text = fr.campaigns;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const url = new URL(args.request.url);
  const campaigns = await caller.campaigns.list({ page: pageOf(url) });
  leadToLastPage(url, campaigns);
  const hasContacts = campaigns.total > 0 || (await caller.contacts.list({ page: 1 })).total > 0;
  return { campaigns, hasContacts };
}

export default function Campaigns() {
  const { campaigns, hasContacts } = useLoaderData<typeof loader>();
  useLiveCampaigns();
  return (
    <>
      <PageHeader
        title={text.title}
        meta={campaigns.total > 0 && text.total(campaigns.total)}
        actions={campaigns.total > 0 && <AddButton />}
      />
      <Card>
        {campaigns.rows.length > 0 ? (
          <CampaignsTable rows={campaigns.rows} />
        ) : (
          <EmptyState
            icon={Megaphone}
            title={text.empty.title}
            action={hasContacts ? <AddButton /> : <AddContactButton />}
          >
            {hasContacts ? text.empty.text : text.empty.noContacts}
          </EmptyState>
        )}
        <Pagination {...campaigns} />
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
