import { ChevronDown } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { useHydrated } from "#app/lib/use-hydrated.ts";

type ChartFrameProps = {
  /** keeps its height while the chart is on the way */
  className: string;
  children: ReactNode;
};

/** A picture of figures that are written beside it: drawn in the browser alone, out of the way of screen readers. */
export function ChartFrame({ className, children }: ChartFrameProps) {
  const hydrated = useHydrated();
  const waiting = <div className="size-full animate-pulse rounded-lg bg-sunken" />;
  return (
    <div aria-hidden className={cn("w-full text-xs", className)}>
      {hydrated ? <Suspense fallback={waiting}>{children}</Suspense> : waiting}
    </div>
  );
}

type ChartTableProps = { label: string; head: readonly string[]; rows: readonly (readonly string[])[] };

/** The figures behind a chart, one step away. */
export function ChartTable({ label, head, rows }: ChartTableProps) {
  return (
    <details className="group">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded text-[0.8125rem] text-accent-ink [&::-webkit-details-marker]:hidden">
        {fr.dashboard.table}
        <span className="sr-only"> : {label}</span>
        <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
      </summary>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="mt-2 max-h-64 overflow-y-auto rounded-lg border border-line"
      >
        <table className="w-full text-[0.8125rem]">
          <thead>
            <tr className="border-line border-b text-left text-ink-soft text-xs">
              {head.map((cell, index) => (
                <th key={cell} scope="col" className={cn("px-3 py-2 font-medium", index > 0 && "text-right")}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...others]) => (
              <tr key={first} className="border-line not-last:border-b">
                <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                  {first}
                </th>
                {others.map((cell, index) => (
                  <td key={head[index + 1]} className="px-3 py-1.5 text-right tabular-nums">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
