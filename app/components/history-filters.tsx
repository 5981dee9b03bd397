import { Form, Link, useSearchParams, useSubmit } from "@remix-run/react";
import { Search } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Input, Select } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { twilioError } from "#app/i18n/twilio-errors.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import type { HistoryChoices } from "#server/messages/views.ts";

const text = fr.messages.history;
const typingMs = 300;

/** Searches as one types, filters as one chooses; Enter and the button work without JavaScript. */
export function HistoryFilters({ choices, filtered }: { choices: HistoryChoices; filtered: boolean }) {
  const [params] = useSearchParams();
  const submit = useSubmit();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const search = params.get("recherche") ?? "";

  // a link or the back button changed the search, not the person in the field
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = search;
  }, [search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function submitSoon(form: HTMLFormElement, delayMs: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), delayMs);
  }

  return (
    <Form
      role="search"
      aria-label={text.search}
      className="grid grid-cols-2 gap-x-2 gap-y-3 border-line border-b px-4 py-3 sm:px-6 xl:grid-cols-[repeat(3,1fr)_auto_auto]"
      onChange={(event) => submitSoon(event.currentTarget, event.target === input.current ? typingMs : 0)}
    >
      <div className="relative col-span-full min-w-0">
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
        <Input
          ref={input}
          type="search"
          name="recherche"
          aria-label={text.search}
          maxLength={100}
          defaultValue={search}
          placeholder={text.searchPlaceholder}
          className="pl-9"
        />
      </div>
      <Choice name="statut" label={text.status} all={text.allStatuses}>
        {messageStatuses.map((status) => (
          <option key={status} value={status}>
            {fr.messages.statuses[status]}
          </option>
        ))}
      </Choice>
      <Choice name="campagne" label={text.campaign} all={text.allCampaigns}>
        {choices.campaigns.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="erreur" label={text.error} all={text.allErrors} className="max-sm:col-span-full">
        {choices.errorCodes.map((code) => (
          <option key={code} value={code}>
            {errorOption(code)}
          </option>
        ))}
      </Choice>
      <div className="col-span-full grid grid-cols-2 gap-2 sm:col-span-1">
        <Day name="du" label={text.from} />
        <Day name="au" label={text.to} />
      </div>
      <div className="col-span-full flex items-end gap-2 empty:hidden xl:col-span-1">
        {filtered && (
          <Button asChild variant="ghost">
            <Link to={paths.messages()} preventScrollReset>
              {text.reset}
            </Link>
          </Button>
        )}
        <noscript>
          <Button type="submit">{fr.common.search}</Button>
        </noscript>
      </div>
    </Form>
  );
}

function errorOption(code: number): string {
  const title = twilioError(code)?.title;
  return title ? text.errorOption(title, code) : fr.messages.unknownError(String(code));
}

type ChoiceProps = { name: string; label: string; all: string; className?: string; children: ReactNode };

function Choice({ name, label, all, className, children }: ChoiceProps) {
  const id = useId();
  const [params] = useSearchParams();
  const chosen = params.get(name) ?? "";
  return (
    <div className={cn("grid min-w-0 gap-1", className)}>
      <label htmlFor={id} className="text-ink-soft text-xs">
        {label}
      </label>
      <Select id={id} key={chosen} name={name} defaultValue={chosen}>
        <option value="">{all}</option>
        {children}
      </Select>
    </div>
  );
}

function Day({ name, label }: { name: string; label: string }) {
  const id = useId();
  const [params] = useSearchParams();
  const chosen = params.get(name) ?? "";
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="text-ink-soft text-xs">
        {label}
      </label>
      <Input id={id} key={chosen} type="date" name={name} defaultValue={chosen} max="9999-12-31" />
    </div>
  );
}
