import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import { cn } from "#app/lib/cn.ts";

const badgeStyle = cva(
  "inline-flex w-fit items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs leading-5 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-ink-soft",
        accent: "bg-accent-soft text-accent-ink",
        info: "bg-info-soft text-info-ink",
        warning: "bg-warning-soft text-warning-ink",
        danger: "bg-danger-soft text-danger-ink",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeStyle>["tone"]>;

type BadgeProps = {
  tone: Tone;
  icon: LucideIcon;
  children: string;
  title?: string;
  spin?: boolean;
  className?: string;
};

/** A state, never by colour alone: icon, word and colour together. */
export function Badge({ tone, icon: Icon, children, title, spin, className }: BadgeProps) {
  return (
    <span title={title} className={cn(badgeStyle({ tone }), className)}>
      <Icon aria-hidden className={cn(spin && "animate-spin [animation-duration:2.4s]")} />
      {children}
    </span>
  );
}
