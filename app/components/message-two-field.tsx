import { Field } from "#app/components/ui/field.tsx";
import { Textarea } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { messageTwoMaxLength } from "#server/domain/message-two-text.ts";

const text = fr.campaigns.form;

type MessageTwoFieldProps = { defaultValue: string; length: number; error: string | undefined };

/** Message 2 with its counter. Nothing cuts a text that is too long: one would not see what was lost. */
export function MessageTwoField({ defaultValue, length, error }: MessageTwoFieldProps) {
  const tooLong = length > messageTwoMaxLength;
  const hint = (
    <span className="flex flex-wrap justify-between gap-x-4">
      {text.messageTwoLabelHint}
      <span className={cn("tabular-nums", tooLong && "font-medium text-danger-ink")}>
        {text.characters(length, messageTwoMaxLength)}
      </span>
    </span>
  );
  return (
    <Field label={text.messageTwo} name="messageTwo" error={error} hint={hint} optional>
      {(control) => <Textarea {...control} rows={5} defaultValue={defaultValue} />}
    </Field>
  );
}
