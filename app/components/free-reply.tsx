import { Link } from "@remix-run/react";
import { Send, Zap } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { QuickReplyList } from "#app/components/quick-reply-list.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Textarea } from "#app/components/ui/input.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import type { FormProblem } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { useReplyForm } from "#app/lib/use-reply-form.ts";
import { useSlash } from "#app/lib/use-slash.ts";
import { messageTwoMaxLength } from "#server/domain/message-two-text.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";

const text = frConversations.reply;
const warnFrom = 200;

type FreeReplyProps = {
  quickReplies: readonly QuickReplyRow[];
  replyKey: string;
  problem: FormProblem | undefined;
};

/** A reply in one's own words; a slash brings one's quick replies. */
export function FreeReply({ quickReplies, replyKey, problem: answered }: FreeReplyProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(answered?.values.text?.[0] ?? "");
  const { Form, key, pending, problem } = useReplyForm(replyKey, answered, () => setDraft(""));
  const slash = useSlash({ field, draft, setDraft, quickReplies });
  // what was typed before the page came to life
  useEffect(() => {
    if (field.current?.value) setDraft(field.current.value);
  }, []);
  const left = messageTwoMaxLength - draft.length;
  const error = problem?.fieldErrors.text;
  return (
    <Form method="post" preventScrollReset noValidate className="relative grid gap-2">
      <input type="hidden" name="intent" value="reply" />
      <input type="hidden" name="key" value={key} />
      <FormError problem={problem?.formError ? problem : undefined} />
      {slash.found && (
        <QuickReplyList
          id={`${id}-list`}
          replies={slash.found}
          active={slash.active}
          onChoose={slash.insert}
        />
      )}
      <label htmlFor={id} className="sr-only">
        {text.field}
      </label>
      <Textarea
        ref={field}
        id={id}
        name="text"
        rows={3}
        maxLength={messageTwoMaxLength}
        value={draft}
        placeholder={text.placeholder}
        className="min-h-20"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        aria-autocomplete="list"
        aria-controls={slash.found?.length ? `${id}-list` : undefined}
        aria-activedescendant={slash.found?.[slash.active] ? `${id}-list-${slash.active}` : undefined}
        onChange={(event) => {
          setDraft(event.target.value);
          slash.look(event.target);
        }}
        onSelect={(event) => slash.look(event.currentTarget)}
        onBlur={slash.close}
        onKeyDown={(event) => {
          if (slash.onKey(event.key)) return event.preventDefault();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !pending) {
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="text-[0.8125rem] text-danger-ink">
          {error}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span className="flex flex-wrap gap-x-4 text-ink-soft text-xs">
          <Link to={paths.quickReplies} className="inline-flex items-center gap-1 hover:text-ink">
            <Zap aria-hidden className="size-3.5" />
            {frConversations.quick.manage}
          </Link>
          <span className="max-md:hidden">{text.hint}</span>
          {left < warnFrom && <span className="tabular-nums">{text.left(left)}</span>}
        </span>
        <SubmitButton pending={pending}>
          <Send aria-hidden />
          {text.send}
        </SubmitButton>
      </div>
    </Form>
  );
}
