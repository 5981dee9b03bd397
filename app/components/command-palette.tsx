import { useFetcher, useNavigate } from "@remix-run/react";
import { Command } from "cmdk";
import { Contact, type LucideIcon, Megaphone, Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { contactLabel } from "#app/lib/contact-name.ts";
import { foldText } from "#app/lib/fold-text.ts";
import { paths } from "#app/lib/paths.ts";
import type { Section } from "#app/lib/sections.ts";
import type { loader } from "#app/routes/recherche.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = fr.palette;

const askAfterMs = 150;

/** Any page, campaign or contact in a few letters. Nothing but links: whatever changes something has its own page. */
export function CommandPalette({ pages: all, onClose }: { pages: readonly Section[]; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const navigate = useNavigate();
  const found = useFound(typed);
  const wanted = foldText(typed.trim());
  const pages = all.filter(({ label }) => foldText(label).includes(wanted));

  const first = firstOf(found);
  const wantsFirst = useRef<string>(undefined);
  useEffect(() => {
    if (!found.isAnswered || wantsFirst.current !== wanted) return;
    wantsFirst.current = undefined;
    if (!first) return;
    onClose();
    navigate(first);
  });

  /** Enter is for what is typed: before its answer is there, it is for the first of that answer. */
  function onKeyDown({ key, nativeEvent }: KeyboardEvent) {
    if (key === "Enter" && !nativeEvent.isComposing && !found.isAnswered && pages.length === 0)
      wantsFirst.current = wanted;
  }

  const isNothing = pages.length + found.campaigns.length + found.contacts.length === 0;

  function go(to: string) {
    onClose();
    navigate(to);
  }

  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[10vh] z-50 mx-auto flex max-h-[70vh] max-w-xl animate-rise flex-col overflow-hidden rounded-2xl bg-surface shadow-float outline-none"
        >
          <Radix.Title className="sr-only">{text.open}</Radix.Title>
          <Command
            shouldFilter={false}
            label={text.open}
            loop
            onKeyDown={onKeyDown}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-ink-soft" />
              <Command.Input
                value={typed}
                onValueChange={setTyped}
                maxLength={100}
                placeholder={text.placeholder}
                className="h-14 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-soft"
              />
            </div>
            {/* beside the list: nothing but options may be in it */}
            <p role="status" className="text-center text-ink-soft not-empty:px-5 not-empty:py-8">
              {found.isAnswered && isNothing && text.nothing}
            </p>
            <Command.List
              label={text.results}
              className={cn("overflow-y-auto overscroll-contain", !isNothing && "p-2")}
            >
              <Group heading={text.pages} show={pages.length > 0}>
                {pages.map(({ to, label, icon }) => (
                  <Item key={to} to={to} icon={icon} onGo={go}>
                    {label}
                  </Item>
                ))}
              </Group>
              <Group heading={fr.campaigns.title} show={found.campaigns.length > 0}>
                {found.campaigns.map(({ id, name, status }) => (
                  <Item
                    key={id}
                    to={paths.campaign(id)}
                    icon={Megaphone}
                    onGo={found.isAnswered ? go : null}
                    hint={fr.campaigns.statuses[status]}
                  >
                    {name}
                  </Item>
                ))}
              </Group>
              <Group heading={fr.contacts.title} show={found.contacts.length > 0}>
                {found.contacts.map((contact) => (
                  <Item
                    key={contact.id}
                    to={paths.contact(contact.id)}
                    icon={Contact}
                    onGo={found.isAnswered ? go : null}
                    hint={formatPhone(contact.fullNumber)}
                  >
                    {contactLabel(contact)}
                  </Item>
                ))}
              </Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type Found = Pick<
  NonNullable<ReturnType<typeof useFetcher<typeof loader>>["data"]>,
  "campaigns" | "contacts"
>;

function firstOf({ campaigns: [campaign], contacts: [contact] }: Found): string | null {
  if (campaign) return paths.campaign(campaign.id);
  return contact ? paths.contact(contact.id) : null;
}

/**
 * Asks while one types. What was found for other words goes when the new answer comes, so that nothing flickers; until
 * then (`isAnswered`) it is there to be seen, not to be chosen.
 */
function useFound(typed: string): Found & { isAnswered: boolean } {
  const { load, data } = useFetcher<typeof loader>();
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === "") return;
    const timer = setTimeout(() => load(paths.search(wanted)), askAfterMs);
    return () => clearTimeout(timer);
  }, [wanted, load]);
  if (wanted === "" || !data) return { campaigns: [], contacts: [], isAnswered: wanted === "" };
  return { ...data, isAnswered: data.asked === wanted };
}

function Group({ heading, show, children }: { heading: string; show: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-soft [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  to: string;
  icon: LucideIcon;
  hint?: string;
  /** null: of an older answer */
  onGo: ((to: string) => void) | null;
  children: string;
};

const itemStyle =
  "flex cursor-pointer select-none items-center gap-3 rounded-lg px-3 py-2.5 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent-ink";

function Item({ to, icon: Icon, hint, onGo, children }: ItemProps) {
  const inside = (
    <>
      <Icon aria-hidden className="size-4 shrink-0 text-ink-soft" />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="shrink-0 text-ink-soft text-xs tabular-nums">{hint}</span>}
    </>
  );
  if (!onGo)
    return (
      <div aria-hidden className={itemStyle}>
        {inside}
      </div>
    );
  return (
    <Command.Item value={to} onSelect={() => onGo(to)} className={itemStyle}>
      {inside}
    </Command.Item>
  );
}
