import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { cn } from "#app/lib/cn.ts";

export function Card({ className, ...props }: ComponentPropsWithoutRef<"section">) {
  return (
    <section
      className={cn("scroll-mt-4 rounded-xl border border-line bg-surface shadow-card", className)}
      {...props}
    />
  );
}

type CardHeaderProps = { title: ReactNode; hint?: ReactNode; actions?: ReactNode; id?: string };

export function CardHeader({ title, hint, actions, id }: CardHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-6 sm:pt-5">
      <div className="grid gap-0.5">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {hint && <p className="text-ink-soft">{hint}</p>}
      </div>
      {actions}
    </div>
  );
}

export function CardBody({ className, ...props }: ComponentPropsWithoutRef<"div">) {
  return <div className={cn("px-4 py-4 sm:px-6 sm:py-5", className)} {...props} />;
}
