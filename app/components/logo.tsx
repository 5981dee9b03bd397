import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";

/** Two bubbles: the message, and the one that follows it. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-8", className)}>
      <path
        d="M4 9.5A5.5 5.5 0 0 1 9.5 4h9a5.5 5.5 0 0 1 5.5 5.5v3a5.5 5.5 0 0 1-5.5 5.5H8.6l-3.4 2.6A.75.75 0 0 1 4 20Z"
        className="fill-accent opacity-45"
      />
      <path
        d="M28 17.5a5.5 5.5 0 0 0-5.5-5.5h-8A5.5 5.5 0 0 0 9 17.5v2a5.5 5.5 0 0 0 5.5 5.5h8.9l3.4 2.6A.75.75 0 0 0 28 27Z"
        className="fill-accent"
      />
      <path
        d="M14.4 18.5h7m-2.6-2.6 2.6 2.6-2.6 2.6"
        fill="none"
        strokeWidth="1.9"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <LogoMark />
      <span className="font-semibold text-[1.1875rem] tracking-[-0.025em]">{fr.common.appName}</span>
    </span>
  );
}
