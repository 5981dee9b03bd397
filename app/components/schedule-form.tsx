import { useFetcher } from "@remix-run/react";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { zonedFields, zoneLabel } from "#app/i18n/time-zone.ts";
import { useClock } from "#app/lib/clock.tsx";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import { writeChoices } from "#app/lib/launch-choices.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

const text = fr.campaigns.schedule;

type ScheduleFormProps = {
  /** null: not scheduled yet */
  scheduledAt: Date | null;
  options: LaunchOptions;
  /** of a form that was posted without JavaScript */
  problem: FormProblem | undefined;
};

/** Date and time of the start, in the display time zone; carries the choices of the sheet. */
export function ScheduleForm({ scheduledAt, options, problem: posted }: ScheduleFormProps) {
  const fetcher = useFetcher<FormProblem>();
  const problem = fetcher.data ?? posted;
  const form = useFocusOnError(problem);
  const { now, timeZone } = useClock();
  const today = zonedFields(now, timeZone).date;
  const [proposal] = useState(() => nextHour(now));
  const shown = zonedFields(scheduledAt ?? proposal, timeZone);
  const errors = problem?.fieldErrors ?? {};
  return (
    <fetcher.Form method="post" ref={form} noValidate className="grid gap-4">
      <input type="hidden" name="intent" value="schedule" />
      {Object.entries(writeChoices(options)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {problem?.formError && <FormError problem={problem} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.date} name="date" error={errors.date}>
          {(control) => (
            <Input
              {...control}
              // a new moment on the server is a new start for the fields
              key={shown.date}
              type="date"
              required
              min={today}
              defaultValue={problem?.values.date?.[0] ?? shown.date}
              className="tabular-nums"
            />
          )}
        </Field>
        <Field label={text.time} name="time" error={errors.time} hint={zoneLabel(timeZone)}>
          {(control) => (
            <Input
              {...control}
              key={shown.time}
              type="time"
              required
              defaultValue={problem?.values.time?.[0] ?? shown.time}
              className="tabular-nums"
            />
          )}
        </Field>
      </div>
      <SubmitButton pending={fetcher.state !== "idle"} variant="secondary" className="justify-self-start">
        <CalendarClock aria-hidden />
        {scheduledAt ? text.change : text.action}
      </SubmitButton>
    </fetcher.Form>
  );
}

const hour = 3_600_000;

/** A whole hour, at least one from now: a proposal that is never past by the time it is sent. */
function nextHour(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + hour) / hour) * hour);
}
