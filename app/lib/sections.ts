// The pages one goes to from anywhere: the navigation and the command palette show the same ones.
import { BookOpenText, Contact, type LucideIcon, Megaphone, Tags, UsersRound } from "lucide-react";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Section = { to: string; label: string; icon: LucideIcon };

const sections: (Section & { role?: SignedInUser["role"] })[] = [
  { to: paths.campaigns, label: fr.shell.campaigns, icon: Megaphone },
  { to: paths.contacts(), label: fr.shell.contacts, icon: Contact },
  { to: paths.categories, label: fr.shell.categories, icon: Tags },
  { to: paths.users, label: fr.shell.users, icon: UsersRound, role: "super_admin" },
  { to: paths.errorGuide(), label: fr.shell.errorGuide, icon: BookOpenText },
];

/** What a user of this role may open. */
export function sectionsOf(role: SignedInUser["role"]): Section[] {
  return sections.filter((section) => !section.role || section.role === role);
}
