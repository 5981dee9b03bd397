import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import type { LiveMode } from "#app/lib/live.tsx";

const texts: Record<LiveMode, string> = {
  connecting: fr.shell.live.connecting,
  live: fr.shell.live.on,
  polling: fr.shell.live.polling,
};

/** How fresh the page is. */
export function LiveIndicator({ mode }: { mode: LiveMode }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-soft text-xs">
      <span aria-hidden className={cn("size-2 rounded-full", mode === "live" ? "bg-accent" : "bg-warning")} />
      {texts[mode]}
    </span>
  );
}
