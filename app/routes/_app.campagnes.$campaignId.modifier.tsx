import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
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

export const meta: MetaFunction = () => [{ title: fr.common.title(text.form.editTitle) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const campaign = await caller.campaigns.get({ id: Number(args.params.campaignId) });
  if (campaign.status !== "draft") throw redirect(paths.campaign(campaign.id));
  const [categories, templates] = await Promise.all([caller.categories.list(), caller.templates.list()]);
  return { campaign, categories, templates };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.campaignId);
  return formAction(args, {
    save: async (caller, form) => {
      await caller.campaigns.update({ id, ...campaignInput(form) });
      return { to: paths.campaign(id), toast: text.updatedToast };
    },
    sync: async (caller) => {
      const { added, updated, removed } = await caller.templates.sync();
      return { to: paths.editCampaign(id), toast: text.form.synced(added, updated, removed) };
    },
  });
}

export default function EditCampaign() {
  const { campaign, categories, templates } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const { id, name, template, variables, messageTwo } = campaign;
  const gone = !template || template.removed;
  return (
    <>
      <PageHeader
        title={text.form.editTitle}
        parent={{ label: name, to: paths.campaign(id) }}
        actions={<SyncTemplatesButton />}
      />
      <CampaignForm
        categories={categories}
        templates={templates}
        stored={{
          name,
          categoryIds: campaign.categories.map((category) => category.id),
          templateId: gone ? (templates[0]?.id ?? 0) : template.id,
          variables,
          messageTwo: messageTwo ?? "",
        }}
        problem={problem}
        back={paths.campaign(id)}
      />
    </>
  );
}
