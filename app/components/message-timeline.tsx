import { Time } from "#app/components/time.tsx";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Timeline, TimelineItem } from "#app/components/ui/timeline.tsx";
import { fr } from "#app/i18n/fr.ts";
import { messageStory } from "#app/lib/message-story.ts";
import type { MessageDetail } from "#server/messages/views.ts";

const text = fr.messages.sheet;

/** Every attempt and every piece of news of a message, the latest first. */
export function MessageTimeline({ message }: { message: MessageDetail }) {
  const steps = messageStory(message);
  return (
    <Card>
      <CardHeader title={text.timeline} />
      <CardBody>
        {steps.length === 0 ? (
          <p className="text-ink-soft">{text.noEvents}</p>
        ) : (
          <Timeline>
            {steps.map(({ key, at, title, tone, details, errorCode }) => (
              <TimelineItem key={key} title={title} tone={tone} time={<Time at={at} />}>
                {details.map((detail) => (
                  <p key={detail} className="break-all">
                    {detail}
                  </p>
                ))}
                <TwilioErrorNote code={errorCode} />
              </TimelineItem>
            ))}
          </Timeline>
        )}
      </CardBody>
    </Card>
  );
}
