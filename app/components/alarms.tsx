import { lazy, Suspense } from "react";
import type { AlarmsProps } from "#app/components/alarm-banners.tsx";
import { useAlarms } from "#app/lib/use-alarms.ts";

const AlarmBanners = lazy(async () => ({
  default: (await import("#app/components/alarm-banners.tsx")).AlarmBanners,
}));

/** The alarms on every page. Most days there is none, and then their texts do not come either. */
export function Alarms({ alarms, role }: AlarmsProps) {
  const latest = useAlarms(alarms);
  if (latest.length === 0) return null;
  return (
    <Suspense>
      <AlarmBanners alarms={latest} role={role} />
    </Suspense>
  );
}
