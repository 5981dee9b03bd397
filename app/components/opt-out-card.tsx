import { Form, useNavigation } from "@remix-run/react";
import { BellOff } from "lucide-react";
import { Banner } from "#app/components/ui/banner.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Disclosure } from "#app/components/ui/disclosure.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { useClock } from "#app/lib/clock.tsx";
import type { FormProblem } from "#app/lib/form-state.ts";

const text = frConversations.optOut;

/** That a contact wants nothing more, since when, and how an admin lifts it. */
export function OptOutBanner({ since, problem }: { since: Date; problem: FormProblem | undefined }) {
  const { now, format } = useClock();
  return (
    <Banner tone="danger" icon={BellOff} title={text.title} className="rounded-none border-x-0 border-t-0">
      <p>{text.since(format.when(since, now))}</p>
      <Disclosure
        opened={problem !== undefined}
        className="mt-1"
        summary={text.lift}
        summaryClassName="w-fit cursor-pointer underline underline-offset-2"
      >
        <ReasonForm intent="lift" hint={text.liftHint} confirm={text.liftConfirm} problem={problem} />
      </Disclosure>
    </Banner>
  );
}

/** For what was said otherwise than on WhatsApp. */
export function NoteOptOut({ problem }: { problem: FormProblem | undefined }) {
  return (
    <Disclosure
      opened={problem !== undefined}
      className="text-[0.8125rem]"
      summary={text.note}
      summaryClassName="w-fit cursor-pointer rounded text-ink-soft underline underline-offset-2 hover:text-ink"
    >
      <ReasonForm intent="optOut" hint={text.noteHint} confirm={text.noteConfirm} problem={problem} danger />
    </Disclosure>
  );
}

type ReasonFormProps = {
  intent: string;
  hint: string;
  confirm: string;
  problem: FormProblem | undefined;
  danger?: boolean;
};

function ReasonForm({ intent, hint, confirm, problem, danger }: ReasonFormProps) {
  const pending = useNavigation().formData?.get("intent") === intent;
  return (
    <Form method="post" preventScrollReset noValidate className="grid max-w-md gap-3 py-3 text-ink">
      <input type="hidden" name="intent" value={intent} />
      {problem?.formError && <p role="alert">{problem.formError}</p>}
      <Field label={text.reason} name="reason" hint={hint} error={problem?.fieldErrors.reason}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={500}
            autoComplete="off"
            defaultValue={problem?.values.reason?.[0]}
          />
        )}
      </Field>
      <SubmitButton pending={pending} variant={danger ? "danger" : "primary"} size="sm" className="w-fit">
        {confirm}
      </SubmitButton>
    </Form>
  );
}
