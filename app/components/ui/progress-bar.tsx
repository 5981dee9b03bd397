import { cn } from "#app/lib/cn.ts";

export type BarPart = { key: string; count: number; className: string };

type ProgressBarProps = {
  label: string;
  /** 0 to 100 */
  percent: number;
  text: string;
  parts: readonly BarPart[];
  total: number;
  size?: "sm" | "md";
};

/** How far something is, its parts side by side. The numbers are said as text; the colours only repeat them. */
export function ProgressBar({ label, percent, text, parts, total, size = "md" }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className={cn(
        "flex w-full gap-px overflow-hidden rounded-full bg-sunken",
        size === "sm" ? "h-1.5" : "h-3",
      )}
    >
      {parts.map(({ key, count, className }) => (
        <span
          key={key}
          style={{ width: `${(count / total) * 100}%` }}
          className={cn("min-w-0.5 transition-[width] duration-500", className)}
        />
      ))}
    </div>
  );
}
