import { Link, useSearchParams } from "@remix-run/react";
import { BellOff, Lock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Countdown } from "#app/components/countdown.tsx";
import { FreeReply } from "#app/components/free-reply.tsx";
import { TemplateReply } from "#app/components/template-reply.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { useClock } from "#app/lib/clock.tsx";
import { cn } from "#app/lib/cn.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { ConversationContact } from "#server/conversations/views.ts";
import { isWindowOpen, windowEnd } from "#server/domain/service-window.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";
import type { TemplateRow } from "#server/templates/views.ts";

const text = frConversations.reply;

type ReplyBoxProps = {
  contact: ConversationContact;
  templates: readonly TemplateRow[];
  quickReplies: readonly QuickReplyRow[];
  /** names this reply, so that it is sent once */
  replyKey: string;
  problem: FormProblem | undefined;
};

/** Where one answers: in one's own words while the window is open, by a template whenever; or why not at all. */
export function ReplyBox({ contact, templates, quickReplies, replyKey, problem }: ReplyBoxProps) {
  const { now } = useClock();
  const { windowHours } = useSandbox();
  const [params] = useSearchParams();
  if (contact.optedOutAt) return <Closed icon={<BellOff aria-hidden />}>{text.optedOut}</Closed>;
  if (contact.flag) return <Closed icon={<TriangleAlert aria-hidden />}>{text.flagged}</Closed>;
  const isOpen = isWindowOpen(contact.lastInboundAt, now, windowHours);
  const end = windowEnd(contact.lastInboundAt, windowHours);
  const byTemplate = !isOpen || params.get("reponse") === "modele";
  return (
    <section aria-label={text.title} className="grid gap-3 border-line border-t px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        {isOpen && (
          <nav aria-label={text.modes} className="flex gap-1.5">
            <Mode word={null} active={!byTemplate} label={text.text} />
            <Mode word="modele" active={byTemplate} label={text.template} />
          </nav>
        )}
        {isOpen && end && (
          <div className="min-w-56 flex-1 sm:max-w-72">
            <Countdown endsAt={end} hours={windowHours} warningHours={3} />
          </div>
        )}
        {!isOpen && (
          <p className="flex gap-2 text-ink-soft">
            <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
            {contact.lastInboundAt ? text.windowClosed : text.neverWrote}
          </p>
        )}
      </div>
      {byTemplate ? (
        <TemplateReply templates={templates} replyKey={replyKey} problem={problem} />
      ) : (
        <FreeReply quickReplies={quickReplies} replyKey={replyKey} problem={problem} />
      )}
    </section>
  );
}

function Closed({ icon, children }: { icon: ReactNode; children: string }) {
  return (
    <p className="flex gap-2 border-line border-t px-4 py-3 text-ink-soft [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      {children}
    </p>
  );
}

function Mode({ word, active, label }: { word: string | null; active: boolean; label: string }) {
  const [params] = useSearchParams();
  const target = new URLSearchParams(params);
  target.delete("modele");
  if (word) target.set("reponse", word);
  else target.delete("reponse");
  return (
    <Link
      to={{ search: target.size === 0 ? "" : `?${target}` }}
      replace
      preventScrollReset
      aria-current={active ? "true" : undefined}
      className={cn(
        "flex h-8 items-center rounded-full border border-line px-3 text-[0.8125rem] hover:border-field-line",
        active && "border-accent bg-accent-soft font-medium text-accent-ink",
      )}
    >
      {label}
    </Link>
  );
}
