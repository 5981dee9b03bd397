import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

type TooltipProps = { text: ReactNode; children: ReactNode };

/** A few words about the element it wraps, on hover and on focus. Never the only place of something needed. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-fade rounded-lg bg-ink px-2.5 py-1.5 text-page text-xs leading-5 shadow-float"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
