import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { fr } from "#app/i18n/fr.ts";
import type { Section } from "#app/lib/sections.ts";

const loadPalette = () => import("#app/components/command-palette.tsx");
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }));

/** Opens the command palette, as Ctrl-K and ⌘K do from anywhere. Its code comes when it is first wanted. */
export function PaletteButton({ pages }: { pages: readonly Section[] }) {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={fr.palette.open}
        aria-keyshortcuts="Control+K"
        onClick={() => setOpen(true)}
        onPointerEnter={loadPalette}
        className="flex h-10 items-center gap-3 rounded-lg text-ink-soft noscript:hidden transition-colors hover:bg-sunken hover:text-ink max-md:ml-auto max-md:w-10 max-md:justify-center md:border md:border-line md:bg-raised md:px-3"
      >
        <Search aria-hidden className="size-5 shrink-0 md:size-4" />
        <span className="flex-1 text-left max-md:sr-only">{fr.common.search}</span>
        <kbd aria-hidden className="font-sans text-xs max-md:hidden">
          {fr.palette.keys}
        </kbd>
      </button>
      {open && (
        <Suspense>
          <CommandPalette pages={pages} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
