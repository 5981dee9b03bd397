import { RotateCcw } from "lucide-react";
import { TwilioLink } from "#app/components/twilio-error.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { failureText, failureTitle } from "#app/lib/failure-text.ts";
import type { CampaignDetail } from "#server/campaigns/views.ts";
import { canRetryMessages } from "#server/domain/campaign-status.ts";

const text = fr.campaigns;

/** Why messages failed, the most frequent first: what has to happen first, and the button that sends them again. */
export function FailureCauses({ campaign }: { campaign: CampaignDetail }) {
  const { failures, status } = campaign;
  const retry = canRetryMessages(status);
  return (
    <section className="grid gap-1">
      <h2 className="text-ink-soft text-xs">{text.detail.causes}</h2>
      <ul className="grid">
        {failures.map(({ code, reason, count: total }) => {
          const failed = { errorCode: code, errorMessage: null, reason };
          const title = failureTitle(failed);
          const known = failureText(failed);
          return (
            <li
              key={`${code} ${reason}`}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line py-2.5 not-last:border-b"
            >
              <div className="min-w-0 flex-1 basis-72">
                <p>
                  <span className="font-medium tabular-nums">{count(total)}</span> × {title}
                  {code !== null && known && <span className="text-ink-soft"> ({code})</span>}
                </p>
                <p className="text-[0.8125rem] text-ink-soft">
                  {known ? known.todo : code !== null && <TwilioLink code={code} />}
                </p>
              </div>
              {retry && (
                <ActionButton
                  intent="retry"
                  fields={{ one: 1, ...(code !== null && { code }), ...(reason !== null && { reason }) }}
                  size="sm"
                  icon={<RotateCcw aria-hidden />}
                  label={text.retry.reasonLabel(title, total)}
                >
                  {text.retry.some(total)}
                </ActionButton>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
