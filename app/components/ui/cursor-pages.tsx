import { Link, useSearchParams } from "@remix-run/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";

/** where the pages beside this one begin; null: there is none */
type CursorPagesProps = { previous: string | number | null; next: string | number | null };

/** Previous and next of a list read by keys, kept in the address as `avant` and `apres`; nothing when one page holds it. */
export function CursorPages({ previous, next }: CursorPagesProps) {
  if (!previous && !next) return null;
  const text = fr.common.pagination;
  return (
    <nav
      aria-label={text.label}
      className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-4 py-3 sm:px-6"
    >
      <CursorLink name="avant" cursor={previous}>
        <ChevronLeft aria-hidden />
        {text.previous}
      </CursorLink>
      <CursorLink name="apres" cursor={next}>
        {text.next}
        <ChevronRight aria-hidden />
      </CursorLink>
    </nav>
  );
}

type CursorLinkProps = { name: "avant" | "apres"; cursor: string | number | null; children: ReactNode };

function CursorLink({ name, cursor, children }: CursorLinkProps) {
  const [search] = useSearchParams();
  if (!cursor) {
    return (
      <Button size="sm" disabled>
        {children}
      </Button>
    );
  }
  const target = new URLSearchParams(search);
  for (const known of ["avant", "apres"]) target.delete(known);
  target.set(name, String(cursor));
  return (
    <Button size="sm" asChild>
      <Link to={{ search: `?${target}` }}>{children}</Link>
    </Button>
  );
}
