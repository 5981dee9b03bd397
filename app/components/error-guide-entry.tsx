import { TwilioErrorFacts, TwilioLink } from "#app/components/twilio-error.tsx";
import type { TwilioErrorText } from "#app/i18n/twilio-errors.ts";

/** One code of the guide; `#63015` in the address leads to it and marks it. */
export function ErrorGuideEntry({ code, error }: { code: number; error: TwilioErrorText }) {
  return (
    <li
      id={String(code)}
      className="grid scroll-mt-4 gap-3 px-4 py-5 target:bg-accent-soft/60 sm:px-6 md:grid-cols-[16rem_minmax(0,1fr)]"
    >
      <div className="grid content-start gap-1">
        <h2 className="font-semibold text-base">{error.title}</h2>
        <p className="text-ink-soft text-[0.8125rem] tabular-nums">
          <TwilioLink code={code} />
        </p>
      </div>
      <TwilioErrorFacts error={error} />
    </li>
  );
}
