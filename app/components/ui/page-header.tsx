import { Link } from "@remix-run/react";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** the page this one hangs on */
  parent?: { label: string; to: string };
  badge?: ReactNode;
  meta?: ReactNode;
  actions?: ReactNode;
};

export function PageHeader({ title, parent, badge, meta, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="grid min-w-0 gap-1">
        {parent && (
          <Link
            to={parent.to}
            className="-ml-1 inline-flex w-fit items-center gap-0.5 rounded text-ink-soft hover:text-ink"
          >
            <ChevronLeft aria-hidden className="size-4" />
            {parent.label}
          </Link>
        )}
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 break-words font-semibold text-2xl leading-8">{title}</h1>
          {badge}
        </div>
        {meta && <div className="text-ink-soft">{meta}</div>}
      </div>
      {actions && (
        <div className="flex flex-wrap items-center gap-2 max-sm:has-[>:nth-child(3)]:grid max-sm:has-[>:nth-child(3)]:w-full max-sm:has-[>:nth-child(3)]:grid-cols-2 max-sm:has-[>:nth-child(3)]:[&_:is(a,button)]:w-full max-sm:has-[>:nth-child(3)]:[&_:is(a,button)]:px-2">
          {actions}
        </div>
      )}
    </header>
  );
}
