import { CloudAlert, DatabaseZap, Hourglass, type LucideIcon, PowerOff } from "lucide-react";
import { Banner } from "#app/components/ui/banner.tsx";
import { frAlarms } from "#app/i18n/fr/alarms.ts";
import type { Alarm, AlarmKind } from "#server/alarms/views.ts";

/** A paused sender has a banner of its own, with its button. */
const icons: Partial<Record<AlarmKind, LucideIcon>> = {
  worker_silent: PowerOff,
  work_waiting: Hourglass,
  schema_behind: DatabaseZap,
  events_unapplied: CloudAlert,
};

/** What is red in the installation, and what to do about each. */
export function AlarmBanners({ alarms }: { alarms: readonly Alarm[] }) {
  return alarms.map((alarm) => {
    const icon = icons[alarm.kind];
    const command = frAlarms.commands[alarm.kind];
    if (!icon) return null;
    return (
      <Banner key={alarm.kind} tone="danger" role="status" icon={icon} title={frAlarms.title(alarm)}>
        {frAlarms.cures[alarm.kind]}{" "}
        {command && (
          <code className="whitespace-nowrap rounded bg-surface/60 px-1.5 py-0.5 text-xs">{command}</code>
        )}
      </Banner>
    );
  });
}
