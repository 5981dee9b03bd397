import { CalendarClock } from "lucide-react";
import { ScheduleForm } from "#app/components/schedule-form.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { duration } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { zoneLabel } from "#app/i18n/time-zone.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { FormProblem } from "#app/lib/form-state.ts";
import type { LaunchOptions } from "#server/domain/launch-options.ts";

const text = fr.campaigns.schedule;

type ScheduledStartProps = { scheduledAt: Date; options: LaunchOptions; problem: FormProblem | undefined };

/** When a scheduled campaign starts, how long until then, and another time. */
export function ScheduledStart({ scheduledAt, options, problem }: ScheduledStartProps) {
  const { now, format, timeZone } = useClock();
  const left = scheduledAt.getTime() - now.getTime();
  return (
    <Card aria-label={text.title}>
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2">
            <CalendarClock aria-hidden className="size-4 text-info-ink" />
            {text.scheduled(format.when(scheduledAt, now))}
            <span className="font-normal text-ink-soft">{text.inZone(zoneLabel(timeZone))}</span>
          </span>
        }
      />
      <CardBody className="grid items-end gap-x-8 gap-y-5 md:grid-cols-2">
        <div className="grid content-start gap-1 self-start">
          <p role="timer" className="font-semibold text-2xl tabular-nums">
            {left <= 0 ? text.soon : text.countdown(duration(left))}
          </p>
          <p className="text-ink-soft">{text.frozen}</p>
        </div>
        <ScheduleForm scheduledAt={scheduledAt} options={options} problem={problem} />
      </CardBody>
    </Card>
  );
}
