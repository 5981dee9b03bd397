import { CopyButton } from "#app/components/copy-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import { fr } from "#app/i18n/fr.ts";

const text = frUsers.password;

type NewPasswordDialogProps = { made: { email: string; password: string }; onClose: () => void };

/** The password of another's account, to be handed on: shown once, kept nowhere. */
export function NewPasswordDialog({ made: { email, password }, onClose }: NewPasswordDialogProps) {
  return (
    <Dialog open onOpenChange={onClose} title={text.title}>
      <div className="grid gap-5">
        <p className="text-ink-soft">{text.text(email)}</p>
        <div className="flex flex-wrap items-center gap-3 rounded-xl bg-sunken px-4 py-3">
          <output
            aria-label={text.label}
            className="min-w-0 flex-1 break-all font-semibold text-lg tabular-nums"
          >
            {password}
          </output>
          <CopyButton text={password} label={fr.common.copy} showLabel />
        </div>
        <Button variant="primary" className="justify-self-end" onClick={onClose}>
          {text.done}
        </Button>
      </div>
    </Dialog>
  );
}
