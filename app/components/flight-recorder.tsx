import { Link } from "@remix-run/react";
import { Download } from "lucide-react";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Timeline, TimelineItem } from "#app/components/ui/timeline.tsx";
import { frJournal } from "#app/i18n/fr/journal.ts";
import { useClock } from "#app/lib/clock.tsx";
import { flightSteps } from "#app/lib/flight-steps.ts";
import { paths } from "#app/lib/paths.ts";
import type { TimelineStep } from "#server/messages/views.ts";

const text = frJournal;

type FlightRecorderProps = { campaignId: number; messageId: number; timeline: readonly TimelineStep[] };

/** What happened to a message, to the millisecond, oldest first; the same as a file. */
export function FlightRecorder({ campaignId, messageId, timeline }: FlightRecorderProps) {
  const { format } = useClock();
  const steps = flightSteps(timeline, { format, campaignId });
  return (
    <Card>
      <CardHeader
        title={text.title}
        hint={text.hint}
        actions={
          <Button asChild size="sm">
            <a href={paths.journal(campaignId, messageId)} download>
              <Download aria-hidden />
              {text.export}
            </a>
          </Button>
        }
      />
      <CardBody>
        {steps.length === 0 ? (
          <p className="text-ink-soft">{text.empty}</p>
        ) : (
          <Timeline>
            {steps.map(({ at, title, tone, details, errorCode, errorText, link }, index) => (
              <TimelineItem
                // biome-ignore lint/suspicious/noArrayIndexKey: the journal only grows at its end
                key={index}
                title={title}
                tone={tone}
                time={<Moment at={at} before={steps[index - 1]?.at ?? null} />}
              >
                {details.map((detail) => (
                  <p key={detail} className="break-words">
                    {detail}
                  </p>
                ))}
                <TwilioErrorNote code={errorCode} twilioText={errorText} />
                {link && (
                  <Link to={link.to} className="underline underline-offset-2">
                    {link.label}
                  </Link>
                )}
              </TimelineItem>
            ))}
          </Timeline>
        )}
      </CardBody>
    </Card>
  );
}

/** The day is told where it changes, and at the first step. */
function Moment({ at, before }: { at: Date; before: Date | null }) {
  const { now, format } = useClock();
  const day = format.date(at, now);
  const newDay = !before || format.date(before, now) !== day;
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, now)}>
      {newDay && `${day} `}
      {format.preciseTime(at)}
    </time>
  );
}
