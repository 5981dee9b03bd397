import { Link } from "@remix-run/react";
import { type ReactNode, useId } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { FilterForm } from "#app/components/ui/filter-form.tsx";
import { Select } from "#app/components/ui/input.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { paths } from "#app/lib/paths.ts";
import { useAddressField } from "#app/lib/use-address-field.ts";
import { hitStates } from "#server/domain/inputs.ts";
import { hitKinds } from "#server/domain/signature-match.ts";

const text = frWebhooks.filters;

/** By message, verdict, kind and what came of it; all in the address. */
export function HitFilters({ filtered }: { filtered: boolean }) {
  return (
    <div className="grid gap-2 border-line border-b px-4 py-3 sm:px-6">
      <FilterForm label={text.label} placeholder={text.placeholder}>
        <div className="grid w-full grid-cols-1 gap-2 sm:grid-cols-3 lg:w-auto">
          <Choice name="verdict" label={text.verdict} all={text.allVerdicts}>
            {(["accepted", "refused"] as const).map((verdict) => (
              <option key={verdict} value={verdict}>
                {frWebhooks.verdicts[verdict]}
              </option>
            ))}
          </Choice>
          <Choice name="type" label={text.kind} all={text.allKinds}>
            {hitKinds.map((kind) => (
              <option key={kind} value={kind}>
                {frWebhooks.kinds[kind]}
              </option>
            ))}
          </Choice>
          <Choice name="suite" label={text.state} all={text.allStates}>
            {hitStates.map((state) => (
              <option key={state} value={state}>
                {text.states[state]}
              </option>
            ))}
          </Choice>
        </div>
        {filtered && (
          <Button asChild variant="ghost">
            <Link to={paths.hits()} preventScrollReset>
              {text.reset}
            </Link>
          </Button>
        )}
      </FilterForm>
    </div>
  );
}

type ChoiceProps = { name: string; label: string; all: string; children: ReactNode };

function Choice({ name, label, all, children }: ChoiceProps) {
  const id = useId();
  const field = useAddressField<HTMLSelectElement>(name);
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Select id={id} {...field}>
        <option value="">{all}</option>
        {children}
      </Select>
    </div>
  );
}
