import { Link, useFetcher } from "@remix-run/react";
import { FlaskConical } from "lucide-react";
import { MessageReason } from "#app/components/message-reason.tsx";
import { NumberFields } from "#app/components/number-fields.tsx";
import { MessageStatusBadge } from "#app/components/status-badges.tsx";
import { Time } from "#app/components/time.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { fr } from "#app/i18n/fr.ts";
import { countries } from "#app/lib/countries.ts";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import type { CampaignDetail } from "#server/campaigns/views.ts";
import { canSendTest } from "#server/domain/campaign-status.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = fr.campaigns.trial;

type TrialCardProps = {
  campaign: CampaignDetail;
  /** of a form that was posted without JavaScript */
  problem: FormProblem | undefined;
};

/** Message 1 to one number, and what became of the last ones. */
export function TrialCard({ campaign, problem }: TrialCardProps) {
  const { id, status, tests } = campaign;
  const allowed = canSendTest(status);
  if (!allowed && tests.length === 0) return null;
  return (
    <Card aria-label={text.title}>
      <CardHeader title={text.title} hint={status === "paused" ? text.paused : allowed && text.hint} />
      <CardBody className="grid gap-5">
        {allowed && <TrialForm problem={problem} />}
        {tests.length > 0 && (
          <section className="grid gap-2">
            <h3 className="text-ink-soft text-xs">{text.last}</h3>
            <ul className="grid gap-3">
              {tests.map((test) => (
                <TrialLine key={test.id} campaignId={id} test={test} />
              ))}
            </ul>
          </section>
        )}
      </CardBody>
    </Card>
  );
}

function TrialForm({ problem: posted }: { problem: FormProblem | undefined }) {
  const fetcher = useFetcher<FormProblem>();
  const problem = fetcher.data ?? posted;
  const form = useFocusOnError(problem);
  return (
    <fetcher.Form method="post" ref={form} noValidate className="grid gap-4">
      <input type="hidden" name="intent" value="test" />
      {problem?.formError && <FormError problem={problem} />}
      <NumberFields
        countries={countries}
        defaultNumber={problem?.values.number?.[0] ?? ""}
        defaultCountry={problem?.values.country?.[0] ?? "FR"}
        errors={problem?.fieldErrors ?? {}}
        recognised={text.recognised}
      />
      <SubmitButton pending={fetcher.state !== "idle"} variant="secondary" className="justify-self-start">
        <FlaskConical aria-hidden />
        {text.action}
      </SubmitButton>
    </fetcher.Form>
  );
}

type TrialLineProps = { campaignId: number; test: CampaignDetail["tests"][number] };

function TrialLine({ campaignId, test }: TrialLineProps) {
  return (
    <li className="grid gap-1 border-line border-t pt-3">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          to={paths.message(campaignId, test.id)}
          className="whitespace-nowrap font-medium tabular-nums hover:underline"
        >
          {formatPhone(test.toNumber)}
        </Link>
        <MessageStatusBadge status={test.status} />
        {test.createdAt && <Time at={test.createdAt} className="text-[0.8125rem] text-ink-soft" />}
      </span>
      <MessageReason message={{ ...test, contact: null, retryCount: 0, nextAttemptAt: null }} />
    </li>
  );
}
