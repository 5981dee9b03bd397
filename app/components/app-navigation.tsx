import { NavLink, useLocation } from "@remix-run/react";
import { Ellipsis } from "lucide-react";
import { Menu, MenuItem } from "#app/components/ui/menu.tsx";
import { Unread } from "#app/components/unread.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import type { Section } from "#app/lib/sections.ts";
import { useUnread } from "#app/lib/use-unread.ts";
import type { InboxCounts } from "#server/conversations/views.ts";

/** As many as fit beside each other under a thumb, the one that opens the rest among them. */
const slots = 5;

const entryStyle =
  "flex items-center rounded-lg font-medium text-ink-soft transition-colors hover:bg-sunken hover:text-ink max-md:min-w-0 max-md:flex-1 max-md:flex-col max-md:gap-0.5 max-md:py-1.5 max-md:text-xs md:gap-3 md:px-3 md:py-2.5";
const activeStyle = "text-accent-ink hover:text-accent-ink md:bg-accent-soft md:hover:bg-accent-soft";

/** Where one is and may go: at the left on a desk; at the bottom on a phone, what does not fit there behind "Plus". */
export function AppNavigation({ sections, inbox }: { sections: readonly Section[]; inbox: InboxCounts }) {
  const { unread } = useUnread(inbox);
  const fits = sections.length <= slots;
  const more = fits ? [] : sections.slice(slots - 1);
  return (
    <nav
      aria-label={fr.shell.navigation}
      className="flex gap-1 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:border-line max-md:border-t max-md:bg-surface max-md:gap-0 max-md:px-1 max-md:pt-1 max-md:pb-[max(0.25rem,env(safe-area-inset-bottom))] md:flex-1 md:flex-col"
    >
      {sections.map((section) => (
        <Entry
          key={section.to}
          section={section}
          unread={section.to === paths.conversations() ? unread : 0}
          onPhone={!more.includes(section)}
        />
      ))}
      {more.length > 0 && <More sections={more} />}
    </nav>
  );
}

type EntryProps = { section: Section; unread: number; onPhone: boolean };

function Entry({ section: { to, label, short, icon: Icon }, unread, onPhone }: EntryProps) {
  return (
    <NavLink
      to={to}
      prefetch="intent"
      className={({ isActive }) =>
        cn("relative", entryStyle, isActive && activeStyle, !onPhone && "max-md:hidden")
      }
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      {short && <span className="md:hidden">{short}</span>}
      <span className={cn("max-w-full truncate", short && "max-md:hidden")}>{label}</span>
      <Unread
        count={unread}
        said={fr.shell.unreadConversations(unread)}
        className="max-md:absolute max-md:top-0.5 max-md:left-1/2 max-md:ml-1.5 md:ml-auto"
      />
    </NavLink>
  );
}

function More({ sections }: { sections: readonly Section[] }) {
  const { pathname } = useLocation();
  const here = sections.find(({ to }) => pathname.startsWith(to));
  return (
    <Menu
      label={fr.shell.more}
      side="top"
      trigger={
        <button type="button" className={cn(entryStyle, "md:hidden", here && activeStyle)}>
          <Ellipsis aria-hidden className="size-5 shrink-0" />
          <span>
            {fr.shell.more}
            {here && <span className="sr-only"> : {here.label}</span>}
          </span>
        </button>
      }
    >
      {sections.map(({ to, label, icon: Icon }) => (
        <MenuItem key={to} asChild>
          <NavLink to={to}>
            <Icon aria-hidden />
            {label}
          </NavLink>
        </MenuItem>
      ))}
    </Menu>
  );
}
