import type { ReactNode } from "react";
import { Wordmark } from "#app/components/logo.tsx";
import { MessageText } from "#app/components/message-text.tsx";
import { ToastWithoutScript } from "#app/components/toasts.tsx";
import { frSignIn } from "#app/i18n/fr/sign-in.ts";
import type { ToastMessage } from "#app/lib/preferences.server.ts";

type SignInFrameProps = {
  heading: string;
  intro: string;
  toast?: ToastMessage | null;
  children: ReactNode;
};

/** What the pages before the dashboard share. */
export function SignInFrame({ heading, intro, toast = null, children }: SignInFrameProps) {
  return (
    <main data-whole-window className="grid min-h-dvh lg:grid-cols-[minmax(28rem,2fr)_3fr]">
      <div className="flex flex-col px-6 py-8 sm:px-12">
        <Wordmark />
        <div className="m-auto grid w-full max-w-sm gap-8 py-12">
          <ToastWithoutScript toast={toast} />
          <div className="grid gap-1">
            <h1 className="font-semibold text-2xl leading-8">{heading}</h1>
            <p className="text-ink-soft">{intro}</p>
          </div>
          {children}
        </div>
      </div>
      <Conversation />
    </main>
  );
}

/** What Relance does, told by the conversation it leads. */
function Conversation() {
  const { aside } = frSignIn;
  const bubble = "max-w-sm animate-rise rounded-2xl px-4 py-3 text-[0.9375rem] shadow-card";
  return (
    <aside className="hidden place-content-center gap-8 border-line border-l bg-chat-wall p-12 lg:grid">
      <div className="grid w-[30rem] gap-3">
        <p className={`${bubble} justify-self-start rounded-tl-sm bg-chat-in`}>{aside.one}</p>
        <p className={`${bubble} justify-self-end rounded-tr-sm bg-chat-out [animation-delay:120ms]`}>
          {aside.answer}
        </p>
        <p className={`${bubble} justify-self-start rounded-tl-sm bg-chat-in [animation-delay:240ms]`}>
          <MessageText text={aside.two} />
        </p>
      </div>
      <p className="text-center text-ink-soft">{aside.caption}</p>
    </aside>
  );
}
