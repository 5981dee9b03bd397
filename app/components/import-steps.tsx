import { Check } from "lucide-react";
import { frImports } from "#app/i18n/fr/imports.ts";
import { cn } from "#app/lib/cn.ts";

const text = frImports.steps;
const steps = ["file", "columns", "check", "done"] as const;
export type ImportStep = (typeof steps)[number];

/** Where one is on the way from a file to contacts. */
export function ImportSteps({ current }: { current: ImportStep }) {
  const at = steps.indexOf(current);
  return (
    <ol aria-label={text.label} className="flex flex-wrap gap-x-2 gap-y-2">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? "step" : undefined}
          className={cn(
            "flex items-center gap-2 rounded-full border border-line py-1 pr-3 pl-1 text-[0.8125rem] text-ink-soft",
            index !== at && "max-sm:pr-1",
            index === at && "border-accent bg-accent-soft font-medium text-accent-ink",
          )}
        >
          <span
            aria-hidden
            className={cn(
              "grid size-6 place-items-center rounded-full bg-sunken text-xs tabular-nums",
              index <= at && "bg-accent text-on-accent",
            )}
          >
            {index < at ? <Check className="size-3.5" /> : index + 1}
          </span>
          <span className={cn(index !== at && "max-sm:sr-only")}>{text[step]}</span>
        </li>
      ))}
    </ol>
  );
}
