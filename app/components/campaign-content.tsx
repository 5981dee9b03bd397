import { CampaignPreview } from "#app/components/campaign-preview.tsx";
import { CategoryTags } from "#app/components/category-tag.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { fr } from "#app/i18n/fr.ts";
import type { Audience, CampaignDetail } from "#server/campaigns/views.ts";
import { templateVariableNames, type VariableSource } from "#server/domain/template.ts";

const text = fr.campaigns.detail;

type CampaignContentProps = { campaign: CampaignDetail; contacts: Audience["samples"] };

/** What a campaign says and to whom. */
export function CampaignContent({ campaign, contacts }: CampaignContentProps) {
  const { categories, templateName, messageOne, variables, messageTwo } = campaign;
  return (
    <Card>
      <CardHeader title={text.content} />
      <CardBody className="grid items-start gap-6 sm:grid-cols-[minmax(0,1fr)_minmax(0,21rem)]">
        <dl className="grid gap-4">
          <div className="grid gap-1">
            <dt className="text-ink-soft text-xs">{text.categories}</dt>
            <dd>
              {categories.length > 0 ? <CategoryTags categories={categories} max={20} /> : fr.common.none}
            </dd>
          </div>
          <div className="grid gap-1">
            <dt className="text-ink-soft text-xs">{text.template}</dt>
            <dd>{templateName ?? text.noTemplate}</dd>
          </div>
          {templateVariableNames(messageOne).map((name) => (
            <div key={name} className="grid gap-1">
              <dt className="text-ink-soft text-xs">{fr.campaigns.form.variable(name)}</dt>
              <dd className="break-words">{written(variables[name])}</dd>
            </div>
          ))}
        </dl>
        <CampaignPreview
          body={messageOne}
          variables={variables}
          messageTwo={messageTwo ?? ""}
          contacts={contacts}
        />
      </CardBody>
    </Card>
  );
}

function written(source: VariableSource | undefined): string {
  if (!source) return fr.common.none;
  if (source.type === "literal") return source.value.trim() || fr.common.none;
  const field = fr.campaigns.form.contactFields[source.field];
  return source.fallback?.trim() ? `${field} (${text.fallback(source.fallback.trim())})` : field;
}
