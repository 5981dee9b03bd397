import { Link, useFetcher, useNavigate, useSubmit } from "@remix-run/react";
import { LogOut, type LucideIcon, Monitor, Moon, Sun, UserCog, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { AppNavigation } from "#app/components/app-navigation.tsx";
import { Wordmark } from "#app/components/logo.tsx";
import { PaletteButton } from "#app/components/palette-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import {
  Menu,
  MenuChoice,
  MenuChoiceItem,
  MenuItem,
  MenuLabel,
  MenuSeparator,
} from "#app/components/ui/menu.tsx";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import type { Theme } from "#app/lib/preferences.server.ts";
import { pagesOf, sectionsOf } from "#app/lib/sections.ts";
import type { InboxCounts } from "#server/conversations/views.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type AppShellProps = {
  user: SignedInUser;
  theme: Theme;
  inbox: InboxCounts;
  banners: ReactNode;
  children: ReactNode;
};

/** Navigation at the left on a desk, at the bottom under the thumb on a phone. */
export function AppShell({ user, theme, inbox, banners, children }: AppShellProps) {
  const sections = sectionsOf(user.role);
  return (
    <>
      <a
        href="#contenu"
        className="sr-only rounded-lg bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
      >
        {fr.shell.skipToContent}
      </a>
      <div className="md:grid md:min-h-dvh md:grid-cols-[14.5rem_1fr]">
        <header className="flex items-center justify-between border-line border-b bg-surface px-4 py-2 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:justify-start md:gap-6 md:border-r md:border-b-0 md:px-4 md:py-6">
          <Link to={paths.dashboard()} className="flex rounded-lg md:px-2" aria-label={fr.common.appName}>
            <Wordmark />
          </Link>
          <PaletteButton pages={pagesOf(user.role)} />
          <AppNavigation sections={sections} inbox={inbox} />
          <UserMenu user={user} theme={theme} />
          <noscript>
            <form method="post" action={paths.signOut}>
              <Button type="submit" variant="ghost">
                {fr.shell.signOut}
              </Button>
            </form>
          </noscript>
        </header>
        <div className="min-w-0 pb-20 md:pb-0">
          <main
            id="contenu"
            tabIndex={-1}
            className="mx-auto grid w-full max-w-[76rem] grid-cols-[minmax(0,1fr)] gap-6 px-4 py-4 outline-none sm:px-6 md:px-8 md:py-6"
          >
            {banners}
            {children}
          </main>
        </div>
      </div>
    </>
  );
}

const themeIcons: Record<Theme, LucideIcon> = { light: Sun, dark: Moon, system: Monitor };

function UserMenu({ user, theme }: { user: SignedInUser; theme: Theme }) {
  const fetcher = useFetcher();
  const submit = useSubmit();
  const navigate = useNavigate();
  const chosen = (fetcher.formData?.get("theme") as Theme | null) ?? theme;
  return (
    <Menu
      label={fr.shell.account}
      trigger={
        <Button variant="ghost" className="h-auto min-w-0 px-2 py-1.5 md:justify-start md:gap-3">
          <span className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
            <UserRound aria-hidden />
          </span>
          <span className="sr-only">
            {fr.shell.account} : <span className="md:hidden">{user.email}</span>
          </span>
          <span className="hidden min-w-0 text-left md:grid">
            <span className="truncate text-ink">{user.email}</span>
            <span className="font-normal text-ink-soft text-xs">{fr.shell.roles[user.role]}</span>
          </span>
        </Button>
      }
    >
      <MenuLabel className="max-w-64 truncate md:hidden">{user.email}</MenuLabel>
      <MenuItem onSelect={() => navigate(paths.account)}>
        <UserCog aria-hidden />
        {fr.account.title}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{fr.shell.theme.label}</MenuLabel>
      <MenuChoice
        value={chosen}
        onChange={(value) => fetcher.submit({ theme: value }, { method: "post", action: paths.theme })}
      >
        {(["system", "light", "dark"] as const).map((value) => {
          const Icon = themeIcons[value];
          return (
            <MenuChoiceItem key={value} value={value}>
              <Icon aria-hidden />
              {fr.shell.theme[value]}
            </MenuChoiceItem>
          );
        })}
      </MenuChoice>
      <MenuSeparator />
      <MenuItem onSelect={() => submit(null, { method: "post", action: paths.signOut })}>
        <LogOut aria-hidden />
        {fr.shell.signOut}
      </MenuItem>
    </Menu>
  );
}
