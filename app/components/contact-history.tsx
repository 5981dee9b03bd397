import { Time } from "#app/components/time.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Timeline, TimelineItem } from "#app/components/ui/timeline.tsx";
import { fr } from "#app/i18n/fr.ts";
import type { ContactDetail, ContactSnapshot } from "#server/contacts/views.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = fr.contacts.detail;

type Change = ContactDetail["changes"][number];

/** Who changed what, and when; the latest first. */
export function ContactHistory({ changes }: { changes: readonly Change[] }) {
  return (
    <Card>
      <CardHeader title={text.history} />
      <CardBody>
        {changes.length === 0 ? (
          <p className="text-ink-soft">{text.historyEmpty}</p>
        ) : (
          <Timeline>
            {changes.map((change) => (
              <TimelineItem
                key={change.id}
                title={text.actions[change.action]}
                time={<Time at={change.at} />}
              >
                {change.userEmail && <p>{text.by(change.userEmail)}</p>}
                {differences(change).map((difference) => (
                  <p key={difference} className="break-words">
                    {difference}
                  </p>
                ))}
              </TimelineItem>
            ))}
          </Timeline>
        )}
      </CardBody>
    </Card>
  );
}

function differences({ action, before, after }: Change): string[] {
  if (action !== "updated" || !before || !after) return [];
  return (Object.keys(text.fields) as (keyof ContactSnapshot)[])
    .filter((field) => field in before || field in after)
    .map((field) => text.change(text.fields[field], written(field, before), written(field, after)));
}

function written(field: keyof ContactSnapshot, snapshot: ContactSnapshot): string {
  const value = snapshot[field];
  if (Array.isArray(value)) return value.join(", ") || fr.common.none;
  if (!value) return fr.common.none;
  return field === "fullNumber" ? formatPhone(value) : value;
}
