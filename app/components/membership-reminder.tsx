import { Link } from "@remix-run/react";
import { Hourglass, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import type { MembershipReminders } from "#server/sandbox/views.ts";

const text = fr.sandboxPage.reminders;

/** Tells before memberships end and after they ended, on every page, until there is nothing to tell (criterion 7.3). */
export function MembershipReminder({ reminders: { expiring, ended } }: { reminders: MembershipReminders }) {
  return (
    <ul aria-label={text.label} className="flex flex-wrap gap-x-4 gap-y-1 empty:hidden">
      {ended.total > 0 && (
        <Reminder view="a-reinscrire" icon={<UserX aria-hidden className="size-4 shrink-0" />}>
          {text.ended(ended.total, ended.totalIsMore)}
        </Reminder>
      )}
      {expiring.total > 0 && (
        <Reminder view="expirent-bientot" icon={<Hourglass aria-hidden className="size-4 shrink-0" />}>
          {text.expiring(expiring.total, expiring.totalIsMore)}
        </Reminder>
      )}
    </ul>
  );
}

function Reminder({ view, icon, children }: { view: string; icon: ReactNode; children: string }) {
  return (
    <li>
      <Link
        to={`${paths.sandbox({ liste: view })}#inscriptions`}
        className="flex items-start gap-1.5 rounded font-medium text-warning-ink underline-offset-2 hover:underline"
      >
        <span className="mt-0.5">{icon}</span>
        {children}
      </Link>
    </li>
  );
}
