import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";

function Skeleton({ className }: { className?: string }) {
  return <div className={cn("animate-pulse rounded-lg bg-sunken", className)} />;
}

/** The outline of a page while its data is on the way. */
export function PageSkeleton() {
  return (
    <div role="status" className="grid animate-fade grid-cols-1 gap-6">
      <span className="sr-only">{fr.common.loading}</span>
      <div className="flex items-end justify-between gap-6 *:min-w-0">
        <Skeleton className="h-8 w-48" />
        <Skeleton className="h-10 w-40" />
      </div>
      <Skeleton className="h-24" />
      <div className="grid gap-2">
        {["w-full", "w-11/12", "w-5/6", "w-3/4", "w-2/3"].map((width) => (
          <Skeleton key={width} className={cn("h-12", width)} />
        ))}
      </div>
    </div>
  );
}
