import { ExternalLink } from "lucide-react";
import { fr } from "#app/i18n/fr.ts";
import { moverLabels, type TwilioErrorText, twilioError, twilioErrorUrl } from "#app/i18n/twilio-errors.ts";
import { type Failed, failureText } from "#app/lib/failure-text.ts";

type NoteProps = {
  code: number | null;
  /** what Twilio said, for a code we do not know */
  twilioText?: string | null;
};

/** Twilio's code in a sentence: what happened and what to do. Nothing without a code. */
export function TwilioErrorNote({ code, twilioText }: NoteProps) {
  if (code === null) return null;
  const text = twilioError(code);
  return (
    <p>
      {text ? `${text.what} ${text.todo} ` : twilioText && `« ${twilioText} » `}
      <TwilioLink code={code} />
    </p>
  );
}

/** A failure in a sentence: what happened and what to do; of a code we do not know, Twilio's text and link. */
export function FailureNote({ failure }: { failure: Failed }) {
  const text = failureText(failure);
  const { errorCode, errorMessage } = failure;
  if (text === null) return <TwilioErrorNote code={errorCode} twilioText={errorMessage} />;
  return (
    <p>
      {text.what} {text.todo} {errorCode !== null && <TwilioLink code={errorCode} />}
    </p>
  );
}

/** The full explanation: what happened, whose move it is, what to do. An unknown code shows Twilio's own text. */
export function FailureDetails({ failure }: { failure: Failed }) {
  const text = failureText(failure);
  const { errorCode: code, errorMessage } = failure;
  const twilioText = code === null ? null : errorMessage;
  const words = fr.messages.sheet;
  return (
    <div className="grid gap-3">
      <p className="font-semibold text-danger-ink">{text?.title ?? fr.messages.unknownError(String(code))}</p>
      {text ? (
        <TwilioErrorFacts error={text} />
      ) : (
        <dl>
          <Answer term={words.explanation}>{twilioText ?? fr.common.none}</Answer>
        </dl>
      )}
      {code !== null && (
        <p className="text-ink-soft">
          <TwilioLink code={code} />
          {text && twilioText && <span className="block text-[0.8125rem]">« {twilioText} »</span>}
        </p>
      )}
    </div>
  );
}

/** What happened, whose move it is, what to do. */
export function TwilioErrorFacts({ error: { what, mover, todo } }: { error: TwilioErrorText }) {
  const words = fr.messages.sheet;
  return (
    <dl className="grid gap-3">
      <Answer term={words.explanation}>{what}</Answer>
      <Answer term={words.who}>{moverLabels[mover]}</Answer>
      <Answer term={words.todo}>{todo}</Answer>
    </dl>
  );
}

function Answer({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt className="text-ink-soft text-xs">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** To Twilio's own page about a code. */
export function TwilioLink({ code }: { code: number }) {
  return (
    <a
      href={twilioErrorUrl(code)}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 underline underline-offset-2"
    >
      {fr.messages.twilioCode(code)}
      <ExternalLink aria-label={fr.messages.documentation} className="size-3.5" />
    </a>
  );
}
