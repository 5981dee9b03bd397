import { Search } from "lucide-react";
import { Input } from "#app/components/ui/input.tsx";
import { cn } from "#app/lib/cn.ts";
import { useAddressField } from "#app/lib/use-address-field.ts";

type SearchFieldProps = { label: string; placeholder: string; className?: string };

/** What a list is searched for, as the address has it. */
export function SearchField({ label, placeholder, className }: SearchFieldProps) {
  const field = useAddressField<HTMLInputElement>("recherche");
  return (
    <div className={cn("relative min-w-0", className)}>
      <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
      <Input
        {...field}
        type="search"
        aria-label={label}
        maxLength={100}
        placeholder={placeholder}
        className="pl-9"
      />
    </div>
  );
}
