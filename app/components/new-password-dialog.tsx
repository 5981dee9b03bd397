import { ToldOnce } from "#app/components/told-once.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { frUsers } from "#app/i18n/fr/users.ts";
import { useClock } from "#app/lib/clock.tsx";

const text = frUsers;

/** A password, or a link to choose one; of whose account. */
export type HandedOn = { email: string } & ({ password: string } | { link: string; expiresAt: Date });

type NewPasswordDialogProps = { made: HandedOn; onClose: () => void };

/** What opens another's account, to be handed on: shown once, kept nowhere. */
export function NewPasswordDialog({ made, onClose }: NewPasswordDialogProps) {
  const { now, format } = useClock();
  const { password, resetLink } = text;
  const isLink = "link" in made;
  return (
    <Dialog open onOpenChange={onClose} title={isLink ? resetLink.title : password.title}>
      <div className="grid gap-5">
        <p className="text-ink-soft">
          {isLink ? resetLink.text(made.email, format.until(made.expiresAt, now)) : password.text(made.email)}
        </p>
        <ToldOnce
          label={isLink ? resetLink.label : password.label}
          secret={isLink ? made.link : made.password}
        />
        <Button variant="primary" className="justify-self-end" onClick={onClose}>
          {password.done}
        </Button>
      </div>
    </Dialog>
  );
}
