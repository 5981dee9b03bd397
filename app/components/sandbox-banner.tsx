import { ChevronDown, FlaskConical } from "lucide-react";
import { Collapsible } from "radix-ui";
import { useState } from "react";
import { JoinInstructions, type SandboxInfo } from "#app/components/join-instructions.tsx";
import { MembershipReminder } from "#app/components/membership-reminder.tsx";
import { seconds } from "#app/i18n/format.ts";
import { fr } from "#app/i18n/fr.ts";
import { rememberChoice } from "#app/lib/remember-choice.ts";
import type { MembershipReminders } from "#server/sandbox/views.ts";

type SandboxBannerProps = { sandbox: SandboxInfo; reminders: MembershipReminders; defaultOpen: boolean };

/** "Mode Sandbox": what it is, how to join, its limits (criteria 9.1, 9.2, 9.5). Folded it still names them all. */
export function SandboxBanner({ sandbox, reminders, defaultOpen }: SandboxBannerProps) {
  const [open, setOpen] = useState(defaultOpen);
  const { limits, explain } = fr.sandbox;
  const interval = seconds(sandbox.intervalMs);

  function onOpenChange(next: boolean) {
    setOpen(next);
    rememberChoice("sandbox", next ? "open" : "folded");
  }

  return (
    <Collapsible.Root asChild open={open} onOpenChange={onOpenChange}>
      <section aria-label={fr.sandbox.mode} className="rounded-xl border border-line bg-surface shadow-card">
        <div className="flex items-center gap-x-4 gap-y-1 py-2 pr-2 pl-3 sm:pl-4">
          <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1">
            <h2 className="flex items-center gap-2 font-semibold text-accent-ink">
              <FlaskConical aria-hidden className="size-4" />
              {fr.sandbox.mode}
            </h2>
            <dl className="flex flex-wrap gap-x-4 gap-y-1">
              <Fact term={fr.sandbox.number} value={sandbox.numberText} />
              <Fact
                term={fr.sandbox.joinCode}
                value={
                  sandbox.joinCode === null
                    ? fr.sandbox.joinCodeUnset
                    : fr.sandbox.joinMessage(sandbox.joinCode)
                }
              />
            </dl>
            <ul
              aria-label={limits.label}
              className="flex flex-wrap gap-x-3 text-ink-soft tabular-nums max-sm:gap-x-2.5 max-sm:text-xs"
            >
              <li>{limits.rate(interval)}</li>
              <li className="sm:before:mr-3 sm:before:text-line sm:before:content-['|'_/_'']">
                {limits.window(sandbox.windowHours)}
              </li>
              <li className="sm:before:mr-3 sm:before:text-line sm:before:content-['|'_/_'']">
                {limits.membership(sandbox.membershipHours)}
              </li>
            </ul>
            <MembershipReminder reminders={reminders} />
          </div>
          <Collapsible.Trigger className="flex h-8 shrink-0 items-center gap-1.5 self-start rounded-lg px-2.5 font-medium text-accent-ink hover:bg-accent-soft">
            <span className="max-sm:sr-only">{open ? fr.sandbox.fold : fr.sandbox.howTo}</span>
            <ChevronDown aria-hidden className={`size-4 transition-transform ${open ? "rotate-180" : ""}`} />
          </Collapsible.Trigger>
        </div>
        <Collapsible.Content className="grid gap-x-10 gap-y-6 border-line border-t px-3 py-4 sm:px-4 lg:grid-cols-[3fr_2fr]">
          <div className="grid content-start gap-3">
            <h3 className="font-medium">{fr.sandbox.steps.title}</h3>
            <JoinInstructions sandbox={sandbox} />
          </div>
          <div className="grid content-start gap-3">
            <h3 className="font-medium">{limits.label}</h3>
            <ul className="grid list-disc gap-1.5 pl-5 text-ink-soft marker:text-line">
              <li>{explain.rate(interval)}</li>
              <li>{explain.window(sandbox.windowHours)}</li>
              <li>{explain.membership(sandbox.membershipHours)}</li>
            </ul>
          </div>
        </Collapsible.Content>
      </section>
    </Collapsible.Root>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="font-medium tabular-nums">{value}</dd>
    </div>
  );
}
