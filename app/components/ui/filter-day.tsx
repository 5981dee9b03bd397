import { useId } from "react";
import { Input } from "#app/components/ui/input.tsx";
import { useAddressField } from "#app/lib/use-address-field.ts";

/** A day a list begins or ends with, as the address has it. */
export function FilterDay({ name, label }: { name: string; label: string }) {
  const id = useId();
  const field = useAddressField<HTMLInputElement>(name);
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-ink-soft text-xs">
        {label}
      </label>
      <Input id={id} type="date" max="9999-12-31" {...field} />
    </div>
  );
}
