import { Link } from "@remix-run/react";
import { SearchX } from "lucide-react";
import { ImportRows } from "#app/components/import-rows.tsx";
import { ActionButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardHeader } from "#app/components/ui/card.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Pagination } from "#app/components/ui/pagination.tsx";
import { frImports } from "#app/i18n/fr/imports.ts";
import { count } from "#app/i18n/plural.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import { importVerdicts } from "#server/domain/inputs.ts";
import type { ImportRowPage, ImportView } from "#server/imports/views.ts";

const text = frImports.ready;

type ImportDryRunProps = { shown: ImportView; lines: ImportRowPage; verdict: string | null };

/** What an import would do, line by line, before it does it. */
export function ImportDryRun({ shown, lines, verdict }: ImportDryRunProps) {
  const { id, counts, settings } = shown;
  const fresh = counts.accepted + counts.repaired;
  const joins = settings.categoryIds.length > 0 ? counts.known : 0;
  return (
    <Card>
      <CardHeader
        title={text.title}
        hint={text.hint}
        actions={
          <div className="flex flex-wrap items-center gap-2">
            <Button asChild>
              <Link to={paths.import(id, { etape: "colonnes" })}>{text.back}</Link>
            </Button>
            {fresh + joins > 0 && (
              <ActionButton intent="start" variant="primary">
                {fresh > 0 ? text.start(fresh) : text.startKnown(joins)}
              </ActionButton>
            )}
          </div>
        }
      />
      {fresh + joins === 0 && <p className="px-4 pt-3 text-danger-ink sm:px-6">{text.nothing}</p>}
      <nav aria-label={text.filter} className="flex flex-wrap gap-1 border-line border-b px-4 py-4 sm:px-6">
        {[null, ...importVerdicts].map((one) => (
          <Link
            key={one}
            to={paths.import(id, { verdict: one })}
            preventScrollReset
            aria-current={one === verdict ? "true" : undefined}
            className={cn(
              "rounded-full border border-line px-3 py-1 text-[0.8125rem] transition-colors hover:bg-sunken",
              one === verdict && "border-accent bg-accent-soft text-accent-ink",
            )}
          >
            {one ? frImports.verdictTabs[one] : text.all}{" "}
            <span className="tabular-nums">{count(one ? counts[one] : shown.total)}</span>
          </Link>
        ))}
      </nav>
      {lines.rows.length > 0 ? (
        <ImportRows rows={lines.rows} columns={settings.columns} editable />
      ) : (
        <EmptyState
          icon={SearchX}
          title={text.empty}
          action={
            <Button asChild>
              <Link to={paths.import(id)}>{text.seeAll}</Link>
            </Button>
          }
        >
          {text.emptyHint}
        </EmptyState>
      )}
      <Pagination {...lines} />
    </Card>
  );
}
