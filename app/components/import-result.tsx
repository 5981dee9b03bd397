import { Link } from "@remix-run/react";
import { Download, RefreshCw, Undo2 } from "lucide-react";
import { ActionButton, ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { ProgressBar } from "#app/components/ui/progress-bar.tsx";
import { frImports } from "#app/i18n/fr/imports.ts";
import { count } from "#app/i18n/plural.ts";
import { paths } from "#app/lib/paths.ts";
import { usePolling } from "#app/lib/use-polling.ts";
import type { ImportView } from "#server/imports/views.ts";

const text = frImports;
const pollMs = 1000;

/** A job is at it: how far, by itself. */
export function ImportProgress({ shown }: { shown: ImportView }) {
  const { status } = shown;
  usePolling(true, pollMs);
  const isImport = status === "importing";
  const total = isImport ? shown.toImport : shown.total;
  const done = Math.min(total, isImport ? shown.imported : shown.checked);
  const told = isImport ? text.importing : text.checking;
  const words = total === 0 ? text.checking.starting : told.progress(done, total);
  const percent = total === 0 ? 0 : Math.floor((done / total) * 100);
  return (
    <Card className="max-w-3xl">
      <CardHeader title={told.title} hint={told.hint} />
      <CardBody className="grid gap-2">
        <ProgressBar
          label={told.title}
          percent={percent}
          text={words}
          total={Math.max(1, total)}
          parts={[{ key: "done", count: done, className: "bg-accent" }]}
        />
        <p aria-live="polite" className="tabular-nums">
          {words}
        </p>
        <noscript>
          <a href={paths.import(shown.id)} className="underline underline-offset-2">
            {text.refresh}
          </a>
        </noscript>
      </CardBody>
    </Card>
  );
}

/** What an import did, and how to take it back. */
export function ImportResult({ shown }: { shown: ImportView }) {
  const { id, counts } = shown;
  return (
    <Card className="max-w-3xl">
      <CardHeader title={text.done.title} hint={shown.hasLines ? undefined : text.done.linesGone} />
      <CardBody className="grid gap-6">
        <Figures
          figures={[
            [text.done.imported, counts.accepted + counts.repaired],
            [text.done.known, counts.known],
            [text.done.refused, counts.refused],
          ]}
        />
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="primary">
            <Link to={paths.contacts()}>{text.done.see}</Link>
          </Button>
          {counts.refused > 0 && shown.hasLines && <RefusedLink id={id} />}
          <Button asChild variant="ghost">
            <Link to={paths.imports}>{text.done.another}</Link>
          </Button>
          <UndoButton />
        </div>
      </CardBody>
    </Card>
  );
}

/** A job could not do its part: have it tried again, or give up. */
export function ImportFailed({ shown }: { shown: ImportView }) {
  const { hasLines } = shown;
  const told = text.failed[shown.error ?? "check"];
  return (
    <Card className="max-w-3xl">
      <CardHeader title={told.title} hint={hasLines ? told.text : text.failed.linesGone} />
      <CardBody className="flex flex-wrap gap-2">
        {hasLines && (
          <ActionButton intent="retry" variant="primary" icon={<RefreshCw aria-hidden />}>
            {text.failed.retry}
          </ActionButton>
        )}
        <Button asChild>
          <Link to={paths.imports}>{text.done.another}</Link>
        </Button>
        {shown.error === "run" && <UndoButton />}
      </CardBody>
    </Card>
  );
}

/** An import that was taken back. */
export function ImportUndone({ shown: { counts, takenBack } }: { shown: ImportView }) {
  return (
    <Card className="max-w-3xl">
      <CardHeader title={text.undone.title} hint={text.undone.text} />
      <CardBody className="grid gap-6">
        {takenBack && (
          <Figures
            figures={[
              [text.undone.removed, takenBack.removed],
              [text.undone.kept, takenBack.kept],
              [text.done.refused, counts.refused],
            ]}
          />
        )}
        <div>
          <Button asChild variant="primary">
            <Link to={paths.imports}>{text.done.another}</Link>
          </Button>
        </div>
      </CardBody>
    </Card>
  );
}

function Figures({ figures }: { figures: readonly (readonly [string, number])[] }) {
  return (
    <dl className="grid grid-cols-3 gap-4">
      {figures.map(([term, value]) => (
        <div key={term} className="flex flex-col justify-between gap-1">
          <dt className="text-ink-soft text-[0.8125rem]">{term}</dt>
          <dd className="font-semibold text-2xl tabular-nums">{count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function UndoButton() {
  return (
    <ConfirmButton
      intent="undo"
      variant="dangerGhost"
      icon={<Undo2 aria-hidden />}
      title={text.done.undoTitle}
      description={<p>{text.done.undoText}</p>}
      confirm={text.done.undoConfirm}
    >
      {text.done.undo}
    </ConfirmButton>
  );
}

function RefusedLink({ id }: { id: number }) {
  return (
    <Button asChild>
      <a href={paths.refusedLines(id)} download>
        <Download aria-hidden />
        {text.done.download}
      </a>
    </Button>
  );
}
