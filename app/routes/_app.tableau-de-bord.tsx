import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { FirstSteps } from "#app/components/first-steps.tsx";
import { FunnelCard } from "#app/components/funnel-card.tsx";
import { HoursCard } from "#app/components/hours-card.tsx";
import { KeyFigures } from "#app/components/key-figures.tsx";
import { LiveIndicator } from "#app/components/live-indicator.tsx";
import { RunningCampaigns } from "#app/components/running-campaigns.tsx";
import { StandingCard } from "#app/components/standing-card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { VolumeCard } from "#app/components/volume-card.tsx";
import { fr } from "#app/i18n/fr.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveCampaigns } from "#app/lib/use-live-campaign.ts";

export const meta: MetaFunction = () => [{ title: fr.common.title(fr.dashboard.title) }];

const periods = [7, 30, 90] as const;

export async function loader(args: LoaderFunctionArgs) {
  const asked = new URL(args.request.url).searchParams.get("jours");
  const days = periods.find((period) => String(period) === asked) ?? 7;
  return { overview: await (await callerFor(args)).stats.overview({ days }) };
}

export default function Dashboard() {
  const { overview } = useLoaderData<typeof loader>();
  const mode = useLiveCampaigns();
  const { totals, standing, contacts, running } = overview;
  const begun = totals.sent + totals.failed + standing.waiting > 0 || running.length > 0;
  return (
    <>
      <PageHeader title={fr.dashboard.title} actions={<LiveIndicator mode={mode} />} />
      {begun ? (
        <>
          <KeyFigures overview={overview} />
          <RunningCampaigns rows={running} />
          <VolumeCard days={overview.days} periods={periods} />
          <div className="grid gap-6 xl:grid-cols-2">
            <StandingCard standing={standing} />
            <FunnelCard totals={totals} />
          </div>
          <HoursCard hours={overview.hours} />
        </>
      ) : (
        <FirstSteps hasContacts={contacts.all > 0} hasCampaigns={totals.campaigns > 0} />
      )}
    </>
  );
}
