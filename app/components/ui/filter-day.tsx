import { useSearchParams } from "@remix-run/react";
import { useId } from "react";
import { Input } from "#app/components/ui/input.tsx";

/** One end of a list's period, as the address has it. */
export function FilterDay({ name, label }: { name: string; label: string }) {
  const id = useId();
  const [params] = useSearchParams();
  const chosen = params.get(name) ?? "";
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-ink-soft text-xs">
        {label}
      </label>
      <Input id={id} key={chosen} type="date" name={name} defaultValue={chosen} max="9999-12-31" />
    </div>
  );
}
