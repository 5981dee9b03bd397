import { Check, ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { fieldStyle } from "#app/components/ui/input.tsx";
import { cn } from "#app/lib/cn.ts";
import { foldText } from "#app/lib/fold-text.ts";

export type ComboboxOption = { value: string; label: string; keywords?: string };

type ComboboxProps = {
  id: string;
  name: string;
  options: readonly ComboboxOption[];
  defaultValue: string;
  emptyText: string;
  listLabel: string;
  onValueChange?: (value: string) => void;
  /** told what is typed, for options that are fetched */
  onQuery?: (text: string) => void;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
};

/** One choice of a long list, found by typing (ARIA combobox with a listbox). Posts the value under `name`. */
export function Combobox(props: ComboboxProps) {
  const { id, name, options, defaultValue, emptyText, listLabel, onValueChange, onQuery, ...aria } = props;
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [value, setValue] = useState(defaultValue);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const chosen = options.find((option) => option.value === value);
  const open = query !== null;
  const matches = open ? matching(options, query) : [];
  const activeOption = matches[active];

  useEffect(() => {
    if (open) list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active, open]);

  function openList(text: string) {
    const found = matching(options, text);
    setQuery(text);
    onQuery?.(text);
    setActive(Math.max(0, text === "" ? found.findIndex((option) => option.value === value) : 0));
  }

  function choose(option: ComboboxOption) {
    setValue(option.value);
    setQuery(null);
    onValueChange?.(option.value);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) openList("");
      else setActive(Math.min(Math.max(active + step, 0), matches.length - 1));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      if (activeOption) choose(activeOption);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setQuery(null);
    }
  }

  return (
    <div className="relative">
      <input type="hidden" name={name} value={value} />
      <input
        ref={input}
        id={id}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && activeOption ? `${listId}-${activeOption.value}` : undefined}
        className={cn(fieldStyle, "h-10 pr-9")}
        value={query ?? chosen?.label ?? ""}
        onChange={(event) => openList(event.target.value)}
        onClick={(event) => {
          if (!open) openList("");
          event.currentTarget.select();
        }}
        onBlur={() => setQuery(null)}
        onKeyDown={onKeyDown}
        placeholder={open ? chosen?.label : undefined}
        {...aria}
      />
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={listLabel}
        hidden={!open}
        // the field keeps the focus while an option is pressed
        onMouseDown={(event) => event.preventDefault()}
        className="absolute inset-x-0 top-full z-30 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-float"
      >
        {open && matches.length === 0 && <p className="px-2.5 py-2 text-ink-soft">{emptyText}</p>}
        {matches.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: same
          <div
            key={option.value}
            id={`${listId}-${option.value}`}
            role="option"
            data-index={index}
            aria-selected={option.value === value}
            className={cn(
              "flex cursor-pointer items-center justify-between gap-2 rounded-lg px-2.5 py-2",
              index === active && "bg-sunken",
            )}
            onMouseMove={() => setActive(index)}
            onClick={() => choose(option)}
          >
            {option.label}
            {option.value === value && <Check aria-hidden className="size-4 text-accent" />}
          </div>
        ))}
      </div>
    </div>
  );
}

function matching(options: readonly ComboboxOption[], query: string): readonly ComboboxOption[] {
  const wanted = foldText(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return options;
  return options.filter(({ label, keywords = "" }) => {
    const folded = foldText(`${label} ${keywords}`);
    return wanted.every((word) => folded.includes(word));
  });
}
