// The pages one goes to from anywhere: the navigation and the command palette show the same ones.
import {
  BookOpenText,
  Contact,
  FlaskConical,
  LayoutDashboard,
  type LucideIcon,
  Megaphone,
  MessagesSquare,
  Tags,
  UsersRound,
} from "lucide-react";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Section = {
  to: string;
  label: string;
  /** under a thumb there is less room */
  short?: string;
  icon: LucideIcon;
};

const sections: (Section & { role?: SignedInUser["role"] })[] = [
  { to: paths.dashboard(), label: fr.shell.dashboard, short: fr.shell.dashboardShort, icon: LayoutDashboard },
  { to: paths.campaigns, label: fr.shell.campaigns, icon: Megaphone },
  { to: paths.messages(), label: fr.shell.messages, icon: MessagesSquare },
  { to: paths.contacts(), label: fr.shell.contacts, icon: Contact },
  { to: paths.sandbox(), label: fr.shell.sandbox, icon: FlaskConical },
  { to: paths.categories, label: fr.shell.categories, icon: Tags },
  { to: paths.users, label: fr.shell.users, icon: UsersRound, role: "super_admin" },
  { to: paths.errorGuide(), label: fr.shell.errorGuide, icon: BookOpenText },
];

/** What a user of this role may open. */
export function sectionsOf(role: SignedInUser["role"]): Section[] {
  return sections.filter((section) => !section.role || section.role === role);
}
