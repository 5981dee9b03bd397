import { CheckCheck } from "lucide-react";
import type { ReactNode } from "react";
import { LogoMark } from "#app/components/logo.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";

type PhonePreviewProps = {
  /** the number it comes from, as the phone shows it */
  sender: string;
  /** null: no template chosen yet */
  messageOne: string | null;
  messageTwo: string | null;
};

const text = fr.campaigns.preview;

/** The campaign as it looks on the recipient's phone: Message 1, an answer, Message 2. */
export function PhonePreview({ sender, messageOne, messageTwo }: PhonePreviewProps) {
  return (
    <section
      aria-label={text.label}
      className="mx-auto flex w-full max-w-[21rem] flex-col overflow-hidden rounded-[2rem] border-[6px] border-chat-frame bg-chat-wall shadow-float"
    >
      <div className="flex items-center gap-2.5 bg-chat-bar px-4 py-3 text-[oklch(0.98_0.01_140)]">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft">
          <LogoMark className="size-6" />
        </span>
        <span className="min-w-0 truncate font-medium tabular-nums">{sender}</span>
      </div>
      <ol className="flex min-h-80 flex-1 flex-col gap-2 px-3 py-4">
        <li className="mx-auto rounded-md bg-chat-in/80 px-2.5 py-0.5 text-ink-soft text-xs">{text.today}</li>
        {messageOne === null ? (
          <li className="m-auto max-w-48 text-center text-ink-soft">{text.empty}</li>
        ) : (
          <>
            <Bubble side="in" label={text.messageOne} time="09:30">
              <MessageText text={messageOne} />
            </Bubble>
            {messageTwo ? (
              <>
                <Bubble side="out" label={text.answerNote} time="09:34">
                  {text.answer}
                </Bubble>
                <Bubble side="in" label={text.messageTwo} time="09:34">
                  <MessageText text={messageTwo} />
                </Bubble>
              </>
            ) : (
              <li className="mx-auto max-w-56 pt-2 text-center text-ink-soft text-xs">{text.noMessageTwo}</li>
            )}
          </>
        )}
      </ol>
    </section>
  );
}

type BubbleProps = { side: "in" | "out"; label: string; time: string; children: ReactNode };

function Bubble({ side, label, time, children }: BubbleProps) {
  return (
    <li
      className={cn(
        "max-w-[86%] animate-rise rounded-2xl px-3 pt-2 pb-1.5 text-ink shadow-card",
        side === "in" ? "self-start rounded-tl-sm bg-chat-in" : "self-end rounded-tr-sm bg-chat-out",
      )}
    >
      <span className="sr-only">{label} : </span>
      {children}
      <span className="flex items-center justify-end gap-1 text-ink-soft text-xs tabular-nums">
        {time}
        {side === "out" && <CheckCheck aria-hidden className="size-3.5 text-info" />}
      </span>
    </li>
  );
}
