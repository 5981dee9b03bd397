import { Link, useSearchParams } from "@remix-run/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";

type PaginationProps = { page: number; pageSize: number; total: number };

/** Previous and next, kept in the address; nothing when one page holds everything. */
export function Pagination({ page, pageSize, total }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize));
  if (pages === 1) return null;
  const text = fr.common.pagination;
  return (
    <nav
      aria-label={text.label}
      className="flex flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3 sm:px-6"
    >
      <p className="text-ink-soft tabular-nums">
        {text.range((page - 1) * pageSize + 1, Math.min(page * pageSize, total), total)}
      </p>
      <div className="flex items-center gap-2">
        <PageLink page={page - 1} enabled={page > 1} label={text.previous}>
          <ChevronLeft aria-hidden />
        </PageLink>
        <span className="tabular-nums">{text.position(page, pages)}</span>
        <PageLink page={page + 1} enabled={page < pages} label={text.next}>
          <ChevronRight aria-hidden />
        </PageLink>
      </div>
    </nav>
  );
}

type PageLinkProps = { page: number; enabled: boolean; label: string; children: React.ReactNode };

function PageLink({ page, enabled, label, children }: PageLinkProps) {
  const [search] = useSearchParams();
  if (!enabled) {
    return (
      <Button size="iconSmall" disabled aria-label={label}>
        {children}
      </Button>
    );
  }
  const target = new URLSearchParams(search);
  target.set("page", String(page));
  return (
    <Button size="iconSmall" asChild>
      <Link to={{ search: `?${target}` }} aria-label={label}>
        {children}
      </Link>
    </Button>
  );
}
