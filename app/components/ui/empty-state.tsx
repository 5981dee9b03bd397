import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = { icon: LucideIcon; title: string; children: ReactNode; action?: ReactNode };

/** Nothing here yet, and what to do next. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-4 px-6 py-16 text-center">
      <span className="grid size-14 place-items-center rounded-2xl rounded-bl-md bg-accent-soft text-accent-ink">
        <Icon aria-hidden className="size-6" />
      </span>
      <div className="grid max-w-md gap-1">
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="text-ink-soft">{children}</p>
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
