import { Link, useFetcher } from "@remix-run/react";
import { type Check, CircleAlert, CircleCheck, RefreshCw, UserCheck, Wrench } from "lucide-react";
import { useId } from "react";
import { Badge, type Tone } from "#app/components/ui/badge.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { Cell, HeadCell, Row, Table } from "#app/components/ui/table.tsx";
import { frImports } from "#app/i18n/fr/imports.ts";
import { type FormProblem, useErrorToast } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { type ImportField, importFields } from "#server/domain/import-columns.ts";
import { formatPhone } from "#server/domain/phone.ts";
import type { ImportRowPage, ImportView } from "#server/imports/views.ts";

const text = frImports;

type ImportRow = ImportRowPage["rows"][number];

const looks: Record<ImportRow["verdict"], { tone: Tone; icon: typeof Check }> = {
  accepted: { tone: "accent", icon: CircleCheck },
  repaired: { tone: "warning", icon: Wrench },
  refused: { tone: "danger", icon: CircleAlert },
  known: { tone: "info", icon: UserCheck },
};

type ImportRowsProps = {
  rows: readonly ImportRow[];
  columns: ImportView["settings"]["columns"];
  /** whether cells can still be changed */
  editable: boolean;
};

/** What becomes of each line, its cells in fields; a changed one is judged anew. */
export function ImportRows({ rows, columns, editable }: ImportRowsProps) {
  const fields = importFields.filter((field) => columns[field] !== undefined);
  return (
    <Table
      label={text.ready.title}
      head={
        <>
          <HeadCell>{text.ready.line}</HeadCell>
          <HeadCell>{text.ready.verdict}</HeadCell>
          {fields.map((field) => (
            <HeadCell key={field}>{text.columns.fields[field]}</HeadCell>
          ))}
          {editable && (
            <HeadCell>
              <span className="sr-only">{text.ready.actions}</span>
            </HeadCell>
          )}
        </>
      }
    >
      {rows.map((row) => (
        <ImportLine key={row.line} row={row} fields={fields} editable={editable} />
      ))}
    </Table>
  );
}

type ImportLineProps = { row: ImportRow; fields: readonly ImportField[]; editable: boolean };

function ImportLine({ row, fields, editable }: ImportLineProps) {
  const fetcher = useFetcher<FormProblem>();
  const formId = useId();
  const pending = fetcher.state !== "idle";
  useErrorToast(pending ? undefined : fetcher.data);
  return (
    <Row>
      <Cell className="text-ink-soft tabular-nums">
        <span className="xl:hidden">{text.ready.line} </span>
        {row.line}
      </Cell>
      <Cell className="max-xl:flex-1 max-xl:pr-10 xl:w-72">
        <span className="grid gap-0.5">
          <Badge {...looks[row.verdict]} title={text.verdictHints[row.verdict]}>
            {text.verdicts[row.verdict]}
          </Badge>
          <Outcome row={row} />
        </span>
      </Cell>
      {fields.map((field) => (
        <Cell key={field} className="max-xl:w-full">
          {editable ? (
            <Input
              // judged anew, and perhaps written otherwise
              key={row.cells[field]}
              form={formId}
              name={field}
              aria-label={text.ready.cell(text.columns.fields[field], row.line)}
              placeholder={text.columns.fields[field]}
              defaultValue={row.cells[field]}
              maxLength={1000}
              autoComplete="off"
              spellCheck={false}
              className="h-9 min-w-0 tabular-nums xl:border-line xl:bg-transparent xl:hover:border-field-line"
            />
          ) : (
            <span className="[overflow-wrap:anywhere]">{row.cells[field]}</span>
          )}
        </Cell>
      ))}
      {editable && (
        <Cell className="max-xl:absolute max-xl:top-2 max-xl:right-2">
          <fetcher.Form method="post" id={formId} preventScrollReset>
            <input type="hidden" name="intent" value="edit" />
            <input type="hidden" name="line" value={row.line} />
            <SubmitButton
              pending={pending}
              variant="ghost"
              size="iconSmall"
              aria-label={text.ready.check(row.line)}
              title={text.ready.check(row.line)}
            >
              {!pending && <RefreshCw aria-hidden />}
            </SubmitButton>
          </fetcher.Form>
        </Cell>
      )}
    </Row>
  );
}

/** Beside the verdict: why, or what is stored, where that is not what one reads. */
function Outcome({ row }: { row: ImportRow }) {
  const style = "text-[0.8125rem] text-ink-soft";
  if (row.reason) return <span className={style}>{text.reasons[row.reason] ?? row.reason}</span>;
  if (row.verdict === "known" && row.contactId !== null) {
    return (
      <Link to={paths.contact(row.contactId)} className={`${style} w-fit underline underline-offset-2`}>
        {text.ready.seeContact}
      </Link>
    );
  }
  if (row.verdict === "repaired" && row.fullNumber) {
    return <span className={`${style} tabular-nums`}>{text.ready.stored(formatPhone(row.fullNumber))}</span>;
  }
  return null;
}
