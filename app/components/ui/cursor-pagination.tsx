import { Link, useSearchParams } from "@remix-run/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";

type CursorPaginationProps = {
  /** the rows before this id, and after it; null: there is no such page */
  before: number | null;
  after: number | null;
};

/** Previous and next of a list too long to be counted, kept in the address; nothing when one page holds everything. */
export function CursorPagination({ before, after }: CursorPaginationProps) {
  if (before === null && after === null) return null;
  const text = fr.common.pagination;
  return (
    <nav
      aria-label={text.label}
      className="flex items-center justify-end gap-2 border-line border-t px-4 py-3 sm:px-6"
    >
      <Turn name="avant" id={before} label={text.previous}>
        <ChevronLeft aria-hidden />
      </Turn>
      <Turn name="apres" id={after} label={text.next}>
        <ChevronRight aria-hidden />
      </Turn>
    </nav>
  );
}

type TurnProps = { name: "avant" | "apres"; id: number | null; label: string; children: ReactNode };

function Turn({ name, id, label, children }: TurnProps) {
  const [search] = useSearchParams();
  if (id === null) {
    return (
      <Button size="iconSmall" disabled aria-label={label}>
        {children}
      </Button>
    );
  }
  const target = new URLSearchParams(search);
  target.delete("avant");
  target.delete("apres");
  target.set(name, String(id));
  return (
    <Button size="iconSmall" asChild>
      <Link to={{ search: `?${target}` }} aria-label={label}>
        {children}
      </Link>
    </Button>
  );
}
