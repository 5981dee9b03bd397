import { useEffect, useState } from "react";
import { trpc } from "#app/lib/trpc-client.ts";
import type { Alarm } from "#server/alarms/views.ts";

const askAgainMs = 15_000;

/** The alarms: as the page came with them, then asked for again, since silence sends no news. Not in a tab nobody looks at. */
export function useAlarms(alarms: Alarm[]): Alarm[] {
  const [latest, setLatest] = useState(alarms);
  useEffect(() => setLatest(alarms), [alarms]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      // a failure leaves what was shown: the next answer brings it right
      trpc.alarms.current.query().then(setLatest, () => {});
    }, askAgainMs);
    return () => clearInterval(timer);
  }, []);
  return latest;
}
