import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#app/lib/cn.ts";

const bannerStyle = cva("flex gap-3 rounded-xl border px-4 py-3", {
  variants: {
    tone: {
      info: "border-info/30 bg-info-soft text-info-ink",
      warning: "border-warning/40 bg-warning-soft text-warning-ink",
      danger: "border-danger/30 bg-danger-soft text-danger-ink",
    },
  },
});

type BannerProps = {
  tone: NonNullable<VariantProps<typeof bannerStyle>["tone"]>;
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** alert: read out at once; status: when the reader pauses */
  role?: "alert" | "status" | "note";
  className?: string;
};

/** Something about the whole page that a person has to know, and what they can do about it. */
export function Banner({
  tone,
  icon: Icon,
  title,
  children,
  actions,
  role = "note",
  className,
}: BannerProps) {
  return (
    <div role={role} className={cn(bannerStyle({ tone }), className)}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-0.5">
          <p className="font-semibold">{title}</p>
          {children && <div className="max-w-[80ch]">{children}</div>}
        </div>
        {actions}
      </div>
    </div>
  );
}
