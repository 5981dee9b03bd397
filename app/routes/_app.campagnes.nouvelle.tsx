import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CampaignForm } from "#app/components/campaign-form.tsx";
import { SyncTemplatesButton } from "#app/components/sync-templates-button.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { campaignInput } from "#app/lib/campaign-form.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

const text = fr.campaigns;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.form.newTitle) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const [categories, templates] = await Promise.all([caller.categories.list(), caller.templates.list()]);
  return { categories, templates };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    save: async (caller, form) => {
      const { id } = await caller.campaigns.create(campaignInput(form));
      return { to: paths.campaign(id), toast: text.createdToast };
    },
    sync: async (caller) => {
      const { added, updated, removed } = await caller.templates.sync();
      return { to: paths.newCampaign, toast: text.form.synced(added, updated, removed) };
    },
  });
}

export default function NewCampaign() {
  const { categories, templates } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={text.form.newTitle}
        parent={{ label: text.title, to: paths.campaigns }}
        actions={<SyncTemplatesButton />}
      />
      <CampaignForm
        categories={categories}
        templates={templates}
        stored={null}
        problem={problem}
        back={paths.campaigns}
      />
    </>
  );
}
