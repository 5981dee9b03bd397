import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "#app/lib/cn.ts";

const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium transition-colors duration-150 aria-disabled:cursor-not-allowed aria-disabled:opacity-60 disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-card hover:bg-accent-strong",
        secondary:
          "border border-line bg-raised text-ink shadow-card hover:border-field-line hover:bg-sunken",
        ghost: "text-ink-soft hover:bg-sunken hover:text-ink",
        danger: "bg-danger text-on-danger shadow-card hover:bg-danger-strong",
        dangerGhost: "text-danger-ink hover:bg-danger-soft",
      },
      size: {
        sm: "h-8 px-3 text-[0.8125rem]",
        md: "h-10 px-4 text-sm",
        icon: "size-10",
        iconSmall: "size-8",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonLook = VariantProps<typeof buttonStyle>;

type ButtonProps = ComponentPropsWithoutRef<"button"> & ButtonLook & { asChild?: boolean };

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, size, asChild, className, type = "button", ...props },
  ref,
) {
  const look = cn(buttonStyle({ variant, size }), className);
  if (asChild) return <Slot.Root ref={ref} className={look} {...props} />;
  return <button ref={ref} type={type} className={look} {...props} />;
});

type SubmitButtonProps = Omit<ButtonProps, "type" | "asChild"> & { pending: boolean };

/** Submits once: while pending it keeps the focus but swallows clicks, and the Enter key that would click it. */
export const SubmitButton = forwardRef<HTMLButtonElement, SubmitButtonProps>(function SubmitButton(
  { pending, children, variant = "primary", onClick, ...props },
  ref,
) {
  return (
    <Button
      ref={ref}
      type="submit"
      variant={variant}
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
      {...props}
    >
      {pending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </Button>
  );
});
