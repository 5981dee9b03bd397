import { ChevronDown } from "lucide-react";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "#app/lib/cn.ts";

/** The look every field of a form shares. 16 px on phones, or iOS zooms in at each focus. */
export const fieldStyle =
  "w-full rounded-lg border border-field-line bg-raised px-3 text-base text-ink transition-colors placeholder:text-ink-soft hover:border-ink-soft focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-1 disabled:opacity-60 aria-invalid:border-danger aria-invalid:focus-visible:border-danger aria-invalid:focus-visible:outline-danger md:text-sm";

export const Input = forwardRef<HTMLInputElement, ComponentPropsWithoutRef<"input">>(function Input(
  { className, ...props },
  ref,
) {
  return <input ref={ref} className={cn(fieldStyle, "h-10", className)} {...props} />;
});

export const Textarea = forwardRef<HTMLTextAreaElement, ComponentPropsWithoutRef<"textarea">>(
  function Textarea({ className, ...props }, ref) {
    return (
      <textarea
        ref={ref}
        className={cn(fieldStyle, "min-h-24 resize-y py-2 leading-6", className)}
        {...props}
      />
    );
  },
);

/** The browser's own list: works before JavaScript, with every keyboard, and as a wheel on phones. */
export const Select = forwardRef<HTMLSelectElement, ComponentPropsWithoutRef<"select">>(function Select(
  { className, ...props },
  ref,
) {
  return (
    <span className={cn("relative block", className)}>
      <select ref={ref} className={cn(fieldStyle, "h-10 appearance-none truncate pr-9")} {...props} />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
      />
    </span>
  );
});
