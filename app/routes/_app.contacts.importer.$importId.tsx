import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ImportColumnsForm } from "#app/components/import-columns.tsx";
import { ImportDryRun } from "#app/components/import-dry-run.tsx";
import { ImportFailed, ImportProgress, ImportResult, ImportUndone } from "#app/components/import-result.tsx";
import { type ImportStep, ImportSteps } from "#app/components/import-steps.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frImports } from "#app/i18n/fr/imports.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction, pageBefore } from "#app/lib/form-action.server.ts";
import type { FormReader } from "#app/lib/form-reader.ts";
import { leadToLastPage } from "#app/lib/last-page.server.ts";
import { paths } from "#app/lib/paths.ts";
import { pageOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { importFields } from "#server/domain/import-columns.ts";
import { importVerdicts } from "#server/domain/inputs.ts";
import type { ImportView } from "#server/imports/views.ts";

const text = frImports;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const url = new URL(args.request.url);
  const id = Number(args.params.importId);
  const caller = await callerFor(args);
  const shown = await caller.imports.get({ id });
  const asked = url.searchParams.get("verdict");
  const verdict = importVerdicts.find((one) => one === asked) ?? null;
  const step = stepOf(shown, url.searchParams.get("etape"));
  const lines = step === "check" ? await caller.imports.rows({ id, verdict, page: pageOf(url) }) : null;
  if (lines) leadToLastPage(url, lines);
  const categories = step === "columns" ? await caller.categories.list() : [];
  return { shown, step, verdict, lines, categories };
}

/** Columns can be chosen anew until the import runs. */
function stepOf({ status, error }: ImportView, asked: string | null): ImportStep {
  if (status === "mapping") return "columns";
  if (status === "ready") return asked === "colonnes" ? "columns" : "check";
  if (status === "failed") return error === "check" ? "check" : "done";
  return status === "checking" ? "check" : "done";
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.importId);
  const index = (form: FormReader, name: string) => (form.text(name) === "" ? undefined : form.id(name));
  return formAction(args, {
    configure: async (caller, form) => {
      const [number, dialCode, firstName, lastName] = importFields.map((field) =>
        index(form, `columns.${field}`),
      );
      await caller.imports.configure({
        id,
        hasHeader: form.text("hasHeader") === "1",
        country: form.text("country") || null,
        columns: { number: number as number, dialCode, firstName, lastName },
        categoryIds: form.ids("categoryIds"),
      });
      return { to: paths.import(id) };
    },
    edit: async (caller, form) => {
      const values = importFields
        .filter((field) => form.data.has(field))
        .map((field) => [field, form.text(field)]);
      await caller.imports.editRow({ id, line: form.id("line"), values: Object.fromEntries(values) });
      return { to: pageBefore(args.request) };
    },
    start: async (caller) => {
      await caller.imports.start({ id });
      return { to: paths.import(id) };
    },
    retry: async (caller) => {
      await caller.imports.retry({ id });
      return { to: paths.import(id) };
    },
    undo: async (caller) => {
      const { removed, kept } = await caller.imports.undo({ id });
      return { to: paths.import(id), toast: text.done.undone(removed, kept) };
    },
  });
}

export default function Import() {
  const { shown, step } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={text.title}
        parent={{ label: fr.contacts.title, to: paths.contacts() }}
        meta={<span className="[overflow-wrap:anywhere]">{shown.fileName ?? text.file.pasted}</span>}
      />
      <ImportSteps current={step} />
      <Step />
    </>
  );
}

function Step() {
  const { shown, step, verdict, lines, categories } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const { status, settings } = shown;
  if (step === "columns") return <ImportColumnsForm {...{ settings, categories, problem }} />;
  if (status === "checking" || status === "importing") return <ImportProgress shown={shown} />;
  if (status === "failed") return <ImportFailed shown={shown} />;
  if (lines) return <ImportDryRun {...{ shown, lines, verdict }} />;
  return status === "done" ? <ImportResult shown={shown} /> : <ImportUndone shown={shown} />;
}
