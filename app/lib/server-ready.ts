import { useEffect } from "react";

const askEveryMs = 3000;

/** Whether server and database can answer a page now. */
export async function isServerReady(): Promise<boolean> {
  try {
    return (await fetch("/readyz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** For a page that stands in for one that could not be loaded: loads that one as soon as it can be. */
export function useReloadWhenReady(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(async () => {
      if (await isServerReady()) window.location.reload();
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [active]);
}
