import { Form, Link, useSearchParams } from "@remix-run/react";
import { Search } from "lucide-react";
import { useId } from "react";
import { CampaignChoice } from "#app/components/campaign-choice.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { twilioError } from "#app/i18n/twilio-errors.ts";
import { paths } from "#app/lib/paths.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import type { HistoryChoices } from "#server/messages/views.ts";

const text = fr.messages.history;
const typingMs = 300;

/** Searches as one types, filters as one chooses; Enter and the button work without JavaScript. */
export function HistoryFilters({ choices, filtered }: { choices: HistoryChoices; filtered: boolean }) {
  const { search, input, submitSoon } = useFilterForm();

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
      <FilterChoice name="statut" label={text.status}>
        <option value="">{text.allStatuses}</option>
        {messageStatuses.map((status) => (
          <option key={status} value={status}>
            {fr.messages.statuses[status]}
          </option>
        ))}
      </FilterChoice>
      <CampaignChoice campaigns={choices.campaigns} />
      <FilterChoice name="erreur" label={text.error} className="max-sm:col-span-full">
        <option value="">{text.allErrors}</option>
        {choices.errorCodes.map((code) => (
          <option key={code} value={code}>
            {errorOption(code)}
          </option>
        ))}
        {choices.reasons.map((reason) => (
          <option key={reason} value={reason}>
            {reasonOption(reason)}
          </option>
        ))}
      </FilterChoice>
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

function reasonOption(reason: string): string {
  const { findings, reasons } = fr.messages;
  return findings[reason] ?? reasons[reason] ?? text.said(reason);
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
