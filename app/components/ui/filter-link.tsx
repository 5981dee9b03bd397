import { Link } from "@remix-run/react";
import { count } from "#app/i18n/plural.ts";
import { cn } from "#app/lib/cn.ts";

type FilterLinkProps = { to: string; active: boolean; label: string; total?: number };

/** One of several views of a list, side by side. */
export function FilterLink({ to, active, label, total }: FilterLinkProps) {
  return (
    <Link
      to={to}
      preventScrollReset
      aria-current={active ? "true" : undefined}
      className={cn(
        "flex h-8 shrink-0 items-center gap-1.5 rounded-full border border-line px-3 text-[0.8125rem] transition-colors hover:border-field-line",
        active && "border-accent bg-accent-soft font-medium text-accent-ink",
      )}
    >
      {label}
      {total !== undefined && (
        <span className={cn("tabular-nums", !active && "text-ink-soft")}>{count(total)}</span>
      )}
    </Link>
  );
}
