import { type ReactNode, useId } from "react";
import { Select } from "#app/components/ui/input.tsx";
import { cn } from "#app/lib/cn.ts";
import { useAddressField } from "#app/lib/use-address-field.ts";

type FilterChoiceProps = { name: string; label: string; className?: string; children: ReactNode };

/** One of a list's filters, as the address has it. */
export function FilterChoice({ name, label, className, children }: FilterChoiceProps) {
  const id = useId();
  const field = useAddressField<HTMLSelectElement>(name);
  return (
    <div className={cn("grid min-w-0 gap-1", className)}>
      <label htmlFor={id} className="truncate text-ink-soft text-xs">
        {label}
      </label>
      <Select id={id} {...field}>
        {children}
      </Select>
    </div>
  );
}
