import { type ComponentPropsWithoutRef, useEffect, useRef } from "react";
import { cn } from "#app/lib/cn.ts";

type CheckboxProps = Omit<ComponentPropsWithoutRef<"input">, "type"> & { indeterminate?: boolean };

/** The browser's own, in our colour. `indeterminate`: some of what it stands for. */
export function Checkbox({ indeterminate = false, className, ...props }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <input
      ref={box}
      type="checkbox"
      className={cn("size-4 shrink-0 cursor-pointer rounded accent-accent", className)}
      {...props}
    />
  );
}
