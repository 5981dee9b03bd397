// biome-ignore-all lint/a11y/noRedundantRoles: see below
// A dense table on a desk, a stack of cards where it would not fit: the same markup. The roles are spelled out because
// laying out table elements as blocks takes their meaning away from screen readers.
import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { cn } from "#app/lib/cn.ts";

type TableProps = { label: string; head: ReactNode; children: ReactNode };

export function Table({ label, head, children }: TableProps) {
  return (
    <table role="table" aria-label={label} className="w-full max-xl:block">
      <thead role="rowgroup" className="max-xl:sr-only">
        <tr role="row" className="border-line border-b text-left text-ink-soft text-xs">
          {head}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-xl:block [&>tr:last-child]:border-b-0">
        {children}
      </tbody>
    </table>
  );
}

export function HeadCell({ className, ...props }: ComponentPropsWithoutRef<"th">) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={cn(
        "whitespace-nowrap px-3 py-2.5 font-medium first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6",
        className,
      )}
      {...props}
    />
  );
}

export function Row({ className, ...props }: ComponentPropsWithoutRef<"tr">) {
  return (
    <tr
      role="row"
      className={cn(
        "relative border-line border-b transition-colors hover:bg-sunken/50 max-xl:flex max-xl:flex-wrap max-xl:items-center max-xl:gap-x-3 max-xl:gap-y-1.5 max-xl:px-4 max-xl:py-3",
        className,
      )}
      {...props}
    />
  );
}

export function Cell({ className, ...props }: ComponentPropsWithoutRef<"td">) {
  return (
    <td
      role="cell"
      className={cn("align-middle xl:px-3 xl:py-2.5 xl:last:pr-6 xl:first:pl-6", className)}
      {...props}
    />
  );
}
