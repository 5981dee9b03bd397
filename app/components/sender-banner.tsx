import { CirclePause } from "lucide-react";
import { TwilioErrorNote } from "#app/components/twilio-error.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Banner } from "#app/components/ui/banner.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { paths } from "#app/lib/paths.ts";
import type { SenderState } from "#server/senders/views.ts";

/** A paused sender: the alarm that can be ended here. */
export function SenderBanner({ sender }: { sender: SenderState }) {
  const { now, format } = useClock();
  const text = fr.shell.senderPaused;
  if (!sender.pauseReason) return null;
  return (
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
  );
}
