import type { MetaFunction } from "@remix-run/node";
import { SearchX } from "lucide-react";
import { useState } from "react";
import { ErrorGuideEntry } from "#app/components/error-guide-entry.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { moverLabels, twilioErrors } from "#app/i18n/twilio-errors.ts";
import { foldText } from "#app/lib/fold-text.ts";

const text = fr.errorGuide;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

const entries = Object.entries(twilioErrors).map(([code, error]) => ({
  code: Number(code),
  error,
  searched: foldText([code, error.title, error.what, error.todo, moverLabels[error.mover]].join(" ")),
}));

/** Every code of Twilio's that Relance knows, for whoever wants to read about one that is not on a message. */
export default function ErrorGuide() {
  const [query, setQuery] = useState("");
  const words = foldText(query).split(/\s+/).filter(Boolean);
  const shown = entries.filter(({ searched }) => words.every((word) => searched.includes(word)));
  return (
    <>
      <PageHeader title={text.title} meta={text.intro} />
      <Card>
        <div className="border-line border-b px-4 py-4 sm:px-6">
          <Field label={text.search} name="q" hint={<span role="status">{text.total(shown.length)}</span>}>
            {(control) => (
              <Input
                {...control}
                type="search"
                autoComplete="off"
                value={query}
                onChange={(event) => setQuery(event.target.value)}
                placeholder={text.placeholder}
              />
            )}
          </Field>
        </div>
        {shown.length === 0 ? (
          <EmptyState icon={SearchX} title={text.nothing.title}>
            {text.nothing.text}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {shown.map(({ code, error }) => (
              <ErrorGuideEntry key={code} code={code} error={error} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
