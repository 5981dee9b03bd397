// What time it is, and how times are written: the same on the server and in the browser, so that nothing jumps at
// hydration. The server's time comes with the page; afterwards the browser's clock carries it on.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { createFormat, type Format } from "#app/i18n/format.ts";

type Clock = { now: Date; format: Format; timeZone: string };

const ClockContext = createContext<Clock | null>(null);

const tickMs = 15_000;

type ClockProviderProps = { serverNow: Date; timeZone: string; children: ReactNode };

export function ClockProvider({ serverNow, timeZone, children }: ClockProviderProps) {
  const [now, setNow] = useState(serverNow);
  const format = useMemo(() => createFormat(timeZone), [timeZone]);
  const skew = useRef(0);

  useEffect(() => {
    skew.current = serverNow.getTime() - Date.now();
    setNow(serverNow);
  }, [serverNow]);

  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(Date.now() + skew.current)), tickMs);
    return () => clearInterval(timer);
  }, []);

  const clock = useMemo(() => ({ now, format, timeZone }), [now, format, timeZone]);
  return <ClockContext.Provider value={clock}>{children}</ClockContext.Provider>;
}

/** Now by the server's clock, and the display time zone with its formatters. */
export function useClock(): Clock {
  const clock = useContext(ClockContext);
  if (!clock) throw new Error("useClock needs a ClockProvider above");
  return clock;
}
