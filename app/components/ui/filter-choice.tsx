import { useSearchParams } from "@remix-run/react";
import { type ReactNode, useId } from "react";
import { Select } from "#app/components/ui/input.tsx";
import { cn } from "#app/lib/cn.ts";

type FilterChoiceProps = { name: string; label: string; className?: string; children: ReactNode };

/** One of a list's filters, as the address has it. */
export function FilterChoice({ name, label, className, children }: FilterChoiceProps) {
  const [params] = useSearchParams();
  const id = useId();
  const chosen = params.get(name) ?? "";
  return (
    <div className={cn("grid min-w-0 gap-1", className)}>
      <label htmlFor={id} className="truncate text-ink-soft text-xs">
        {label}
      </label>
      <Select id={id} key={chosen} name={name} defaultValue={chosen}>
        {children}
      </Select>
    </div>
  );
}
