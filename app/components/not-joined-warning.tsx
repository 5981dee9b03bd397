import { ChevronDown, UserX } from "lucide-react";
import { useState } from "react";
import { JoinInstructions } from "#app/components/join-instructions.tsx";
import { Banner } from "#app/components/ui/banner.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useSandbox } from "#app/lib/use-shell.ts";

/** Whoever chooses contacts that the sandbox does not know is told so, and how they join (criterion 9.3). */
export function NotJoinedWarning({ total }: { total: number }) {
  const [open, setOpen] = useState(false);
  const sandbox = useSandbox();
  return (
    <div role="status" className="empty:hidden">
      {total > 0 && (
        <Banner tone="warning" icon={UserX} title={fr.campaigns.form.notJoined(total)}>
          <details onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
            <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded underline underline-offset-2 [&::-webkit-details-marker]:hidden">
              {fr.sandbox.howTo}
              <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
            </summary>
            <div className="pt-3">{open && <JoinInstructions sandbox={sandbox} />}</div>
          </details>
        </Banner>
      )}
    </div>
  );
}
