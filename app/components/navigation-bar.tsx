import { useNavigation } from "@remix-run/react";
import { fr } from "#app/i18n/fr.ts";
import { useDelayed } from "#app/lib/use-delayed.ts";

/** A thin line at the top while a page is on its way; quick answers never show it. */
export function NavigationBar() {
  const navigation = useNavigation();
  const visible = useDelayed(navigation.state !== "idle", 150);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 overflow-hidden">
      {visible && (
        <>
          <span className="sr-only">{fr.common.loading}</span>
          <div className="h-full w-2/5 animate-sweep rounded-full bg-accent" />
        </>
      )}
    </div>
  );
}
