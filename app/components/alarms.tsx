import { lazy, Suspense } from "react";
import type { AlarmsProps } from "#app/components/alarm-banners.tsx";
import { useAlarms } from "#app/lib/use-alarms.ts";

const AlarmBanners = lazy(async () => ({
  default: (await import("#app/components/alarm-banners.tsx")).AlarmBanners,
}));

/** The alarms on every page. Most days there is none, and then neither their texts nor those of Twilio's errors come. */
export function Alarms({ alarms, sender, role }: AlarmsProps) {
  const latest = useAlarms(alarms);
  if (latest.length === 0 && !sender.pauseReason) return null;
  return (
    <Suspense>
      <AlarmBanners alarms={latest} sender={sender} role={role} />
    </Suspense>
  );
}
