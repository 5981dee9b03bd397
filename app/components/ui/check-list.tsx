import { Search } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { foldText } from "#app/lib/fold-text.ts";

export type CheckOption = { value: string; label: string; before?: ReactNode; after?: ReactNode };

type CheckListProps = {
  name: string;
  options: readonly CheckOption[];
  defaultValues: readonly string[];
  onToggle?: (value: string, checked: boolean) => void;
};

const searchableFrom = 9;

/** Any number of choices, each a checkbox; a long list gets a search of its own. Hidden ones stay checked. */
export function CheckList({ name, options, defaultValues, onToggle }: CheckListProps) {
  const [query, setQuery] = useState("");
  const searchId = useId();
  const wanted = foldText(query);
  return (
    <div className="grid gap-2">
      {options.length >= searchableFrom && (
        <div className="relative">
          <label htmlFor={searchId} className="sr-only">
            {fr.common.search}
          </label>
          <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
          <Input
            id={searchId}
            type="search"
            className="pl-9"
            placeholder={fr.common.search}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
        </div>
      )}
      <div className="-m-px flex max-h-64 flex-wrap gap-2 overflow-y-auto p-px">
        {options.map(({ value, label, before, after }) => (
          <label
            key={value}
            hidden={wanted !== "" && !foldText(label).includes(wanted)}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded-lg border border-line bg-raised px-2.5 py-1 transition-colors hover:border-field-line has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2 [&[hidden]]:hidden"
          >
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={defaultValues.includes(value)}
              onChange={(event) => onToggle?.(value, event.target.checked)}
              className="size-4 shrink-0 accent-accent outline-none"
            />
            {before}
            <span className="min-w-0 break-words">{label}</span>
            {after && <span className="text-ink-soft tabular-nums">{after}</span>}
          </label>
        ))}
      </div>
    </div>
  );
}
