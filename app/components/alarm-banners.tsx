import { Link } from "@remix-run/react";
import { CloudAlert, DatabaseZap, Hourglass, type LucideIcon, PowerOff } from "lucide-react";
import { SenderBanner } from "#app/components/sender-banner.tsx";
import { Banner } from "#app/components/ui/banner.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { frAlarms } from "#app/i18n/fr/alarms.ts";
import { paths } from "#app/lib/paths.ts";
import type { Alarm, AlarmKind } from "#server/alarms/views.ts";
import type { SenderState } from "#server/senders/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** A paused sender has a banner of its own, with its button. */
const icons: Partial<Record<AlarmKind, LucideIcon>> = {
  worker_silent: PowerOff,
  work_waiting: Hourglass,
  schema_behind: DatabaseZap,
  events_unapplied: CloudAlert,
};

export type AlarmsProps = { alarms: Alarm[]; sender: SenderState; role: SignedInUser["role"] };

/** What is red in the installation, and what to do about each. */
export function AlarmBanners({ alarms, sender, role }: AlarmsProps) {
  return (
    <>
      {alarms.map((alarm) => (
        <AlarmBanner key={alarm.kind} alarm={alarm} role={role} />
      ))}
      <SenderBanner sender={sender} />
    </>
  );
}

function AlarmBanner({ alarm, role }: { alarm: Alarm; role: SignedInUser["role"] }) {
  const icon = icons[alarm.kind];
  const command = frAlarms.commands[alarm.kind];
  if (!icon) return null;
  return (
    <Banner
      tone="danger"
      role="status"
      icon={icon}
      title={frAlarms.title(alarm)}
      actions={alarm.kind === "events_unapplied" && role === "super_admin" && <SeeCalls />}
    >
      {frAlarms.cures[alarm.kind]}{" "}
      {command && (
        <code className="whitespace-nowrap rounded bg-surface/60 px-1.5 py-0.5 text-xs">{command}</code>
      )}
    </Banner>
  );
}

function SeeCalls() {
  return (
    <Button asChild>
      <Link to={paths.hits({ suite: "waiting" })}>{frAlarms.seeCalls}</Link>
    </Button>
  );
}
