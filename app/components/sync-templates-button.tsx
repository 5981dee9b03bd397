import { RefreshCw } from "lucide-react";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { fr } from "#app/i18n/fr.ts";

/** Asks Twilio for the account's templates; what was typed into the form beside it stays. */
export function SyncTemplatesButton() {
  return (
    <ActionButton intent="sync" variant="secondary" icon={<RefreshCw aria-hidden />}>
      {fr.campaigns.form.sync}
    </ActionButton>
  );
}
