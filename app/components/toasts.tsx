import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { Toaster } from "sonner";
import { fr } from "#app/i18n/fr.ts";
import type { Theme, ToastMessage } from "#app/lib/preferences.server.ts";

/** The toast of a page where no script can show it. */
export function ToastWithoutScript({ toast }: { toast: ToastMessage | null }) {
  if (!toast) return null;
  return (
    <noscript>
      <p className="rounded-xl bg-accent-soft px-4 py-3 font-medium text-accent-ink">{toast.text}</p>
    </noscript>
  );
}

export function Toasts({ theme }: { theme: Theme }) {
  return (
    <Toaster
      theme={theme}
      position="bottom-right"
      containerAriaLabel={fr.common.notifications}
      mobileOffset={{ bottom: 80 }}
      style={{ fontFamily: "inherit" }}
      icons={{
        success: <CircleCheck aria-hidden className="size-5 text-accent" />,
        error: <CircleAlert aria-hidden className="size-5 text-danger" />,
        info: <Info aria-hidden className="size-5 text-info" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-xl border border-line bg-raised px-4 py-3 text-sm text-ink shadow-float",
        },
      }}
    />
  );
}
