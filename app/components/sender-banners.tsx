import { CirclePause, PowerOff } from "lucide-react";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Banner } from "#app/components/ui/banner.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { paths } from "#app/lib/paths.ts";
import type { SenderState } from "#server/senders/views.ts";

/** What keeps every message from going out: a paused sender, or no worker. */
export function SenderBanners({ sender }: { sender: SenderState }) {
  const { now, format } = useClock();
  const text = fr.shell.senderPaused;
  return (
    <>
      {!sender.workerAlive && (
        <Banner tone="warning" role="status" icon={PowerOff} title={fr.shell.workerStopped.title}>
          {fr.shell.workerStopped.text}{" "}
          <code className="whitespace-nowrap rounded bg-surface/60 px-1.5 py-0.5 text-xs">
            {fr.shell.workerStopped.command}
          </code>
        </Banner>
      )}
      {sender.pauseReason && (
        <Banner
          tone="danger"
          role="status"
          icon={CirclePause}
          title={text.title}
          actions={
            <ActionButton intent="resume" action={paths.sender}>
              {text.resume}
            </ActionButton>
          }
        >
          <p>
            {text.reasons[sender.pauseReason] ?? text.otherReason}{" "}
            {sender.pausedUntil && text.until(format.when(sender.pausedUntil, now))}
          </p>
          <TwilioErrorNote code={sender.pauseCode} />
        </Banner>
      )}
    </>
  );
}
