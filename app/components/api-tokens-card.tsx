import { Form, useNavigation } from "@remix-run/react";
import { CircleOff, Pencil, ScanEye } from "lucide-react";
import { PasswordInput } from "#app/components/password-input.tsx";
import { ToldOnce } from "#app/components/told-once.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Badge } from "#app/components/ui/badge.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { frAccount } from "#app/i18n/fr/account.ts";
import { useClock } from "#app/lib/clock.tsx";
import { type FormProblem, useFocusOnError } from "#app/lib/form-state.ts";
import { tokenDays } from "#server/domain/inputs.ts";
import type { ApiTokenRow } from "#server/users/views.ts";

const text = frAccount.tokens;

type ApiTokensCardProps = {
  tokens: readonly ApiTokenRow[];
  problem: FormProblem | undefined;
  /** made a moment ago */
  made: string | undefined;
};

/** The programs that act in one's name, and a token for one more. */
export function ApiTokensCard({ tokens, problem, made }: ApiTokensCardProps) {
  return (
    <Card>
      <CardHeader title={text.title} hint={text.hint} />
      <CardBody className="grid gap-5">
        {made && (
          <div className="grid gap-2">
            <p role="status">{text.made}</p>
            <ToldOnce label={text.token} secret={made} />
          </div>
        )}
        {tokens.length === 0 ? (
          <p className="text-ink-soft">{text.none}</p>
        ) : (
          <ul>
            {tokens.map((token) => (
              <TokenLine key={token.id} token={token} />
            ))}
          </ul>
        )}
        {/* a token that is made leaves an empty form behind */}
        <TokenForm key={tokens[0]?.id} problem={problem} />
      </CardBody>
    </Card>
  );
}

function TokenForm({ problem }: { problem: FormProblem | undefined }) {
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData?.get("intent") === "createToken";
  const { fieldErrors: errors = {}, values } = problem ?? {};
  return (
    <Form method="post" ref={form} noValidate className="grid gap-4">
      <input type="hidden" name="intent" value="createToken" />
      <FormError problem={problem} />
      <Field label={text.name} name="name" error={errors.name}>
        {(control) => (
          <Input
            {...control}
            required
            maxLength={60}
            autoComplete="off"
            placeholder={text.namePlaceholder}
            defaultValue={values?.name?.[0]}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text.scope} name="scope" error={errors.scope}>
          {(control) => (
            <Select {...control} defaultValue={values?.scope?.[0] ?? "read"}>
              <option value="read">{text.scopes.read}</option>
              <option value="write">{text.scopes.write}</option>
            </Select>
          )}
        </Field>
        <Field label={text.days} name="days" error={errors.days}>
          {(control) => (
            <Select {...control} defaultValue={values?.days?.[0] ?? "90"}>
              {tokenDays.map((days) => (
                <option key={days} value={days}>
                  {text.dayCount(days)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field label={frAccount.twoFactor.ownPassword} name="currentPassword" error={errors.currentPassword}>
        {(control) => <PasswordInput {...control} autoComplete="current-password" />}
      </Field>
      <div className="flex justify-end">
        <SubmitButton pending={pending}>{text.create}</SubmitButton>
      </div>
    </Form>
  );
}

function TokenLine({ token }: { token: ApiTokenRow }) {
  const { now, format } = useClock();
  const { id, name, hint, scope, expiresAt, isExpired, lastUsedAt, lastUsedIp } = token;
  const use = lastUsedAt
    ? text.used(format.relative(lastUsedAt, now), (lastUsedIp ?? "").replace("::ffff:", ""))
    : text.unused;
  return (
    <li className="flex items-center justify-between gap-4 border-line py-3 not-last:border-b">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="[overflow-wrap:anywhere]">{name}</span>
          {isExpired ? (
            <Badge tone="neutral" icon={CircleOff}>
              {text.expired}
            </Badge>
          ) : (
            <Badge tone={scope === "write" ? "warning" : "info"} icon={scope === "write" ? Pencil : ScanEye}>
              {text.scopes[scope]}
            </Badge>
          )}
        </p>
        <p className="text-[0.8125rem] text-ink-soft">
          <code>{hint}…</code> · {!isExpired && `${text.expires(format.when(expiresAt, now))} · `}
          {use}
        </p>
      </div>
      <ConfirmButton
        intent="revokeToken"
        fields={{ id }}
        size="sm"
        variant="dangerGhost"
        label={text.revokeLabel(name)}
        title={text.revokeTitle(name)}
        description={<p>{text.revokeText}</p>}
        confirm={text.revoke}
      >
        {text.revoke}
      </ConfirmButton>
    </li>
  );
}
