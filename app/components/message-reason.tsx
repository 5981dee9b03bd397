import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { CureButtons } from "#app/components/cure-buttons.tsx";
import { JoinInstructions } from "#app/components/join-instructions.tsx";
import { FailureNote } from "#app/components/twilio-error.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { failureText, failureTitle } from "#app/lib/failure-text.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { CampaignStatus } from "#server/domain/campaign-status.ts";
import type { MessageRow } from "#server/messages/views.ts";

const text = fr.messages;

type Explained = Pick<
  MessageRow,
  "status" | "reason" | "retryCount" | "nextAttemptAt" | "errorCode" | "errorMessage" | "contact" | "toNumber"
>;

type Campaign = { id: number; status: CampaignStatus };

type MessageReasonProps = {
  message: Explained;
  /** offers what to press, too */
  campaign?: Campaign;
};

/** Why a message is where it is, in French; nothing where its status says it all. */
export function MessageReason({ message, campaign }: MessageReasonProps) {
  const { now, format } = useClock();
  const { status, reason, retryCount, nextAttemptAt } = message;
  if (status === "failed") return <Failure message={message} campaign={campaign} />;
  if (reason) return <>{text.reasons[reason] ?? reason}</>;
  if (status === "uncertain") return <>{text.statusHints.uncertain}</>;
  if (status === "pending" && retryCount > 0 && nextAttemptAt) {
    return (
      <>
        {failureTitle(message)} : {text.nextAttempt(format.relative(nextAttemptAt, now))}
      </>
    );
  }
  return null;
}

/** What to do in sight, what happened one step away; the join instructions are drawn when asked for. */
function Failure({ message, campaign }: { message: Explained; campaign: Campaign | undefined }) {
  const [open, setOpen] = useState(false);
  const sandbox = useSandbox();
  const known = failureText(message);
  const join = known?.cure === "join";
  return (
    <div className="grid gap-0.5">
      <p className="font-medium text-danger-ink">{failureTitle(message)}</p>
      {known && <p className="text-ink-soft text-[0.8125rem]">{known.todo}</p>}
      <details onToggle={(event) => setOpen(event.currentTarget.open)} className="group">
        <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded text-[0.8125rem] text-accent-ink [&::-webkit-details-marker]:hidden">
          {join ? fr.sandbox.howTo : text.sheet.explanation}
          <ChevronDown aria-hidden className="size-3.5 transition-transform group-open:rotate-180" />
        </summary>
        <div className="grid max-w-prose gap-3 py-2 text-[0.8125rem]">
          <FailureNote failure={message} />
          {open && join && <JoinInstructions sandbox={sandbox} />}
          {campaign && <CureButtons message={message} campaign={campaign} />}
        </div>
      </details>
    </div>
  );
}
