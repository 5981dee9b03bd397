// The pages one goes to from anywhere: the navigation shows the first ones, the command palette all.
import {
  Archive,
  BookOpenText,
  Contact,
  FileUp,
  FlaskConical,
  FolderPlus,
  History,
  LayoutDashboard,
  type LucideIcon,
  Megaphone,
  MessagesSquare,
  Plus,
  ScrollText,
  Stethoscope,
  Tags,
  UserPlus,
  UserRound,
  UserRoundPlus,
  UsersRound,
  Webhook,
  Zap,
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
  {
    to: paths.conversations(),
    label: fr.shell.conversations,
    short: fr.shell.conversationsShort,
    icon: MessagesSquare,
  },
  { to: paths.contacts(), label: fr.shell.contacts, icon: Contact },
  { to: paths.messages(), label: fr.shell.messages, icon: History },
  { to: paths.sandbox(), label: fr.shell.sandbox, icon: FlaskConical },
  { to: paths.categories, label: fr.shell.categories, icon: Tags },
  { to: paths.users, label: fr.shell.users, icon: UsersRound, role: "super_admin" },
  { to: paths.hits(), label: fr.shell.webhooks, icon: Webhook, role: "super_admin" },
  { to: paths.audit(), label: fr.shell.audit, icon: ScrollText, role: "super_admin" },
  { to: paths.errorGuide(), label: fr.shell.errorGuide, icon: BookOpenText },
];

/** Pages inside those, to which there are links on them. */
const further: typeof sections = [
  { to: paths.newCampaign, label: fr.campaigns.add, icon: Plus },
  { to: paths.newContact, label: fr.contacts.add, icon: UserPlus },
  { to: paths.imports, label: fr.shell.imports, icon: FileUp },
  { to: paths.doctor, label: fr.shell.checks, icon: Stethoscope },
  { to: paths.quickReplies, label: fr.shell.quickReplies, icon: Zap },
  { to: paths.newCategory, label: fr.categories.add, icon: FolderPlus },
  { to: paths.campaignList({ archives: "1" }), label: fr.palette.archive, icon: Archive },
  { to: paths.newUser, label: fr.shell.newUser, icon: UserRoundPlus, role: "super_admin" },
  { to: paths.account, label: fr.shell.ownAccount, icon: UserRound },
];

/** What a user of this role may open. */
export function sectionsOf(role: SignedInUser["role"]): Section[] {
  return sections.filter((section) => !section.role || section.role === role);
}

/** The same and what is inside. */
export function pagesOf(role: SignedInUser["role"]): Section[] {
  return [...sectionsOf(role), ...further.filter((page) => !page.role || page.role === role)];
}
