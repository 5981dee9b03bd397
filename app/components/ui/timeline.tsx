import type { ReactNode } from "react";
import { cn } from "#app/lib/cn.ts";

export function Timeline({ children }: { children: ReactNode }) {
  return <ol className="grid">{children}</ol>;
}

type TimelineItemProps = {
  title: ReactNode;
  time: ReactNode;
  tone?: "neutral" | "accent" | "danger";
  children?: ReactNode;
};

const dots = { neutral: "bg-line", accent: "bg-accent", danger: "bg-danger" };

/** One step; a line joins it to the next. */
export function TimelineItem({ title, time, tone = "neutral", children }: TimelineItemProps) {
  return (
    <li className="group relative grid grid-cols-[1rem_1fr] gap-x-3 pb-4 last:pb-0">
      <span
        aria-hidden
        className="absolute top-4 bottom-0 left-[0.4375rem] w-0.5 bg-line group-last:hidden"
      />
      <span
        aria-hidden
        className={cn("relative mt-1 size-4 rounded-full border-4 border-surface", dots[tone])}
      />
      <div className="grid min-w-0 gap-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium">{title}</span>
          <span className="text-ink-soft text-xs tabular-nums">{time}</span>
        </div>
        {children && <div className="text-[0.8125rem] text-ink-soft">{children}</div>}
      </div>
    </li>
  );
}
