import { useEffect } from "react";
import { toast } from "sonner";
import type { ToastMessage } from "#app/lib/preferences.server.ts";

/** Shows the toast that came with a page, once: a revalidation brings a new object or none. */
export function useToastOfPage(message: ToastMessage | null): void {
  useEffect(() => {
    if (message) toast[message.kind](message.text);
  }, [message]);
}
