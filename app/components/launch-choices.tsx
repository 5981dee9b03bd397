import { Form, useNavigation, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Fieldset } from "#app/components/ui/field.tsx";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { zonedFields } from "#app/i18n/time-zone.ts";
import { useClock } from "#app/lib/clock.tsx";
import { countOf } from "#app/lib/counted.ts";
import {
  choiceFields,
  choiceMarker,
  readChoices,
  sameChoices,
  writeChoices,
} from "#app/lib/launch-choices.ts";
import type { CampaignDetail, Preflight } from "#server/campaigns/views.ts";
import { type LaunchOptions, launchOptionNames } from "#server/domain/launch-options.ts";

const text = fr.campaigns.preflight.choices;

type LaunchChoicesProps = { campaign: CampaignDetail; sheet: Preflight; options: LaunchOptions };

/** Whom to leave out, or not: every change reads the sheet again. Before JavaScript it is a form with a button. */
export function LaunchChoices({ campaign, sheet, options }: LaunchChoicesProps) {
  const form = useRef<HTMLFormElement>(null);
  const submit = useSubmit();
  const pending = useNavigation().formMethod === "GET";
  const offered = launchOptionNames.filter((name) => name !== "excludeReached" || campaign.isCopy);
  const refresh = () => submit(form.current, { replace: true, preventScrollReset: true });

  // what was chosen before the page came to life
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const chosen = form.current && readChoices(new FormData(form.current));
    if (chosen && !sameChoices(chosen, options)) refresh();
  }, []);

  return (
    <div className="grid gap-3">
      <Form method="get" ref={form} aria-busy={pending}>
        <input type="hidden" name={choiceMarker} value="1" />
        <Fieldset legend={text.title}>
          {offered.map((name) => (
            <label
              key={name}
              className="flex min-h-8 cursor-pointer items-baseline gap-2.5 rounded-lg py-1 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2"
            >
              <input
                type="checkbox"
                name={choiceFields[name]}
                value="1"
                defaultChecked={options[name]}
                onChange={refresh}
                className="size-4 shrink-0 translate-y-0.5 accent-accent outline-none"
              />
              <span className="min-w-0">
                {text.labels[name]}{" "}
                <span className="text-ink-soft tabular-nums">({count(concerned(sheet, name))})</span>
              </span>
            </label>
          ))}
        </Fieldset>
        <noscript>
          <Button type="submit" size="sm" className="mt-2">
            {text.refresh}
          </Button>
        </noscript>
      </Form>
      {campaign.scheduledAt && campaign.launchOptions && !sameChoices(campaign.launchOptions, options) && (
        <Unsaved scheduledAt={campaign.scheduledAt} options={options} />
      )}
    </div>
  );
}

/** The choices of a scheduled start are those it was scheduled with, until they are saved. */
function Unsaved({ scheduledAt, options }: { scheduledAt: Date; options: LaunchOptions }) {
  const { timeZone } = useClock();
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-info-soft px-4 py-3 text-info-ink"
    >
      <p>{text.unsaved}</p>
      <ActionButton
        intent="schedule"
        size="sm"
        fields={{ ...zonedFields(scheduledAt, timeZone), ...writeChoices(options) }}
      >
        {text.save}
      </ActionButton>
    </div>
  );
}

/** How many contacts a choice is about, whichever way it stands. */
function concerned({ skipped, warnings }: Preflight, name: keyof LaunchOptions): number {
  const { reason, warning } = parts[name];
  return countOf(skipped, reason) + countOf(warnings, warning);
}

const parts = {
  includeLeft: { reason: "not_in_sandbox", warning: "left" },
  excludeExpired: { reason: "membership_expired", warning: "expired" },
  excludeUnknown: { reason: "membership_unknown", warning: "unknown" },
  excludeBusy: { reason: "in_running_campaign", warning: "busy" },
  excludeReached: { reason: "already_reached", warning: "reached" },
} as const satisfies Record<
  keyof LaunchOptions,
  { reason: Preflight["skipped"][number]["reason"]; warning: Preflight["warnings"][number]["reason"] }
>;
