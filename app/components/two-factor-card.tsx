import { Form, useNavigation } from "@remix-run/react";
import { ShieldCheck, ShieldOff } from "lucide-react";
import { CopyButton } from "#app/components/copy-button.tsx";
import { PasswordInput } from "#app/components/password-input.tsx";
import { QrCode } from "#app/components/qr-code.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { fr } from "#app/i18n/fr.ts";
import { useClock } from "#app/lib/clock.tsx";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import type { TwoFactorState } from "#server/users/views.ts";

const text = frAccount.twoFactor;

type TwoFactorCardProps = {
  state: TwoFactorState;
  problem: FormProblem | undefined;
  /** made a moment ago */
  recoveryCodes: readonly string[] | undefined;
};

/** The second factor: off, being set up, or on. */
export function TwoFactorCard({
  state: { since, codesLeft, setUp },
  problem,
  recoveryCodes,
}: TwoFactorCardProps) {
  const { now, format } = useClock();
  return (
    <Card>
      <CardHeader
        title={text.title}
        hint={text.hint}
        actions={
          <Badge tone={since ? "accent" : "neutral"} icon={since ? ShieldCheck : ShieldOff}>
            {since ? text.on : text.off}
          </Badge>
        }
      />
      <CardBody className="grid gap-5">
        {recoveryCodes && <RecoveryCodes codes={recoveryCodes} />}
        {since && (
          <p className="text-ink-soft">
            {text.since(format.relative(since, now))} {text.codesLeft(codesLeft)}
          </p>
        )}
        {setUp ? (
          <SetUp {...setUp} problem={problem} />
        ) : (
          <PasswordGate isOn={since !== null} problem={problem} />
        )}
      </CardBody>
    </Card>
  );
}

/** What changes the second factor is done with the password at hand. */
function PasswordGate({ isOn, problem }: { isOn: boolean; problem: FormProblem | undefined }) {
  const form = useFocusOnError(problem);
  const intent = useNavigation().formData?.get("intent");
  return (
    <Form method="post" ref={form} noValidate className="grid gap-4">
      <FormError problem={problem} />
      <Field label={text.ownPassword} name="currentPassword" error={problem?.fieldErrors.currentPassword}>
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        {isOn ? (
          <>
            <SubmitButton
              name="intent"
              value="renewCodes"
              variant="secondary"
              pending={intent === "renewCodes"}
            >
              {text.renew}
            </SubmitButton>
            <SubmitButton
              name="intent"
              value="removeTwoFactor"
              variant="danger"
              pending={intent === "removeTwoFactor"}
            >
              {text.remove}
            </SubmitButton>
          </>
        ) : (
          <SubmitButton name="intent" value="startTwoFactor" pending={intent === "startTwoFactor"}>
            {text.start}
          </SubmitButton>
        )}
      </div>
    </Form>
  );
}

type SetUpProps = NonNullable<TwoFactorState["setUp"]> & { problem: FormProblem | undefined };

function SetUp({ secret, uri, problem }: SetUpProps) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData?.get("intent") === "confirmTwoFactor";
  return (
    <>
      <div className="flex flex-wrap items-center gap-5">
        <QrCode text={uri} label={text.qr} className="size-40 shrink-0 rounded-lg" />
        <div className="grid min-w-0 flex-1 basis-52 gap-2 text-ink-soft">
          <p>{text.scan}</p>
          <p>{text.typed}</p>
          <p className="flex items-center gap-2">
            <code className="min-w-0 font-semibold text-ink [overflow-wrap:anywhere]">
              {secret.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <CopyButton text={secret} label={fr.common.copy} />
          </p>
        </div>
      </div>
      <Form method="post" ref={form} noValidate className="grid gap-4">
        <input type="hidden" name="intent" value="confirmTwoFactor" />
        <FormError problem={problem} />
        <Field label={text.code} name="code" error={problem?.fieldErrors.code}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              required
              className="tabular-nums tracking-widest"
            />
          )}
        </Field>
        <SubmitButton pending={pending}>{text.confirm}</SubmitButton>
      </Form>
      <ActionButton intent="cancelTwoFactor" variant="ghost" className="w-full">
        {text.cancel}
      </ActionButton>
    </>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <section aria-label={text.codes.title} className="grid gap-3 rounded-xl bg-sunken px-4 py-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{text.codes.title}</h3>
        <CopyButton text={codes.join("\n")} label={fr.common.copy} showLabel />
      </div>
      <p className="text-ink-soft">{text.codes.text}</p>
      <ul className="grid gap-x-6 gap-y-1 font-medium tabular-nums sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
