import { Form, Link } from "@remix-run/react";
import { CampaignChoice } from "#app/components/campaign-choice.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { FilterDay } from "#app/components/ui/filter-day.tsx";
import { SearchField } from "#app/components/ui/search-field.tsx";
import { fr } from "#app/i18n/fr.ts";
import { twilioError } from "#app/i18n/twilio-errors.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";
import { messageStatuses } from "#server/domain/message-status.ts";
import type { HistoryChoices } from "#server/messages/views.ts";

const text = fr.messages.history;

/** Searches as one types, filters as one chooses; Enter and the button work without JavaScript. */
export function HistoryFilters({ choices, filtered }: { choices: HistoryChoices; filtered: boolean }) {
  const apply = useFilterForm();

  return (
    <Form
      role="search"
      aria-label={text.search}
      className={cn(
        "grid grid-cols-2 gap-x-2 gap-y-3 border-line border-b px-4 py-3 sm:px-6",
        filtered ? "xl:grid-cols-[repeat(3,1fr)_auto_auto]" : "xl:grid-cols-[repeat(3,1fr)_auto]",
      )}
      onChange={apply}
    >
      <SearchField label={text.search} placeholder={text.searchPlaceholder} className="col-span-full" />
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
        <FilterDay name="du" label={text.from} />
        <FilterDay name="au" label={text.to} />
      </div>
      {filtered && (
        <Button asChild variant="ghost" className="self-end justify-self-start">
          <Link to={paths.messages()} preventScrollReset>
            {text.reset}
          </Link>
        </Button>
      )}
      <noscript className="noscript:self-end">
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
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
