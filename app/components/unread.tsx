import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";

/** How much is unread, as a number on a dot; nothing when all is read. */
export function Unread({ count, said, className }: { count: number; said: string; className?: string }) {
  if (count === 0) return null;
  return (
    <span
      className={cn(
        "grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-accent px-1.5 font-semibold text-on-accent text-xs tabular-nums",
        className,
      )}
    >
      <span aria-hidden>{count > 99 ? fr.shell.unreadMany : count}</span>
      <span className="sr-only">{said}</span>
    </span>
  );
}
