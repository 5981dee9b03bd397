import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** side: along the right edge, for reading something without leaving the page */
  placement?: "center" | "side";
  closeLabel?: string;
};

const placements = {
  center: "inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-lg animate-rise rounded-2xl sm:inset-x-6",
  side: "inset-y-0 right-0 w-full max-w-xl animate-slide sm:border-l sm:border-line",
};

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, placement = "center", closeLabel } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-shade" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed z-50 flex flex-col overflow-hidden bg-surface shadow-float outline-none",
            placements[placement],
          )}
        >
          <div className="flex items-start justify-between gap-4 border-line border-b px-4 py-4 sm:px-6">
            <div className="grid gap-1 pt-1">
              <Radix.Title className="font-semibold text-lg leading-6">{title}</Radix.Title>
              {description && <Radix.Description className="text-ink-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <Button
                variant="ghost"
                size="iconSmall"
                className="-mr-2"
                aria-label={closeLabel ?? fr.common.close}
              >
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          <div className="overflow-y-auto px-4 py-5 sm:px-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
