import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "#app/lib/cn.ts";

type FilterRowProps = { label: string; className?: string; children: ReactNode };

/** `FilterLink`s side by side; on a phone in one row to push along, in which the chosen one is to be seen. */
export function FilterRow({ label, className, children }: FilterRowProps) {
  const nav = useRef<HTMLElement>(null);
  const shown = useRef<string | null>(null);

  useEffect(() => {
    const row = nav.current;
    const chosen = row?.querySelector<HTMLElement>("[aria-current]");
    const link = chosen?.getAttribute("href") ?? null;
    // whoever pushed the row keeps it so, whatever the page reads meanwhile
    if (!row || !chosen || link === shown.current) return;
    shown.current = link;
    const from = chosen.offsetLeft - row.offsetLeft;
    row.scrollLeft = from - (row.clientWidth - chosen.offsetWidth) / 2;
  });

  return (
    <nav ref={nav} aria-label={label} className={cn("flex gap-1.5 overflow-x-auto sm:flex-wrap", className)}>
      {children}
    </nav>
  );
}
