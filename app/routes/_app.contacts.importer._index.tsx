import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { type FormEvent, useState } from "react";
import { ImportSteps } from "#app/components/import-steps.tsx";
import { Time } from "#app/components/time.tsx";
import { SubmitButton } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Field } from "#app/components/ui/field.tsx";
import { FormError } from "#app/components/ui/form-error.tsx";
import { Input, Textarea } from "#app/components/ui/input.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { errorText } from "#app/i18n/errors.ts";
import { frImports } from "#app/i18n/fr/imports.ts";
import { fr } from "#app/i18n/fr.ts";
import { plural } from "#app/i18n/plural.ts";
import { uploadAction } from "#app/lib/form-action.server.ts";
import { useFocusOnError } from "#app/lib/form-state.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { importKeptDays, maxImportBytes, maxImportLines } from "#server/domain/import-limits.ts";

const text = frImports;
const maxMegabytes = maxImportBytes / 1024 / 1024;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  return { imports: await (await callerFor(args)).imports.list() };
}

export function action(args: ActionFunctionArgs) {
  return uploadAction(args, maxImportBytes, async (caller, { file, form }) => {
    const pasted = form.text("text");
    const upload = file ?? { name: null, bytes: new TextEncoder().encode(pasted) };
    const { id } = await caller.imports.create({ fileName: upload.name, bytes: upload.bytes });
    return { to: paths.import(id) };
  });
}

export default function NewImport() {
  const { imports } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const [tooBig, setTooBig] = useState(false);
  const form = useFocusOnError(problem);
  const pending = useNavigation().formData !== undefined;
  const errors = problem?.fieldErrors ?? {};

  /** Said before the file has gone its long way. */
  function refuseTooBig(event: FormEvent<HTMLFormElement>) {
    const file = new FormData(event.currentTarget).get("file");
    const isTooBig = file instanceof File && file.size > maxImportBytes;
    setTooBig(isTooBig);
    if (isTooBig) event.preventDefault();
  }

  return (
    <>
      <PageHeader title={text.title} parent={{ label: fr.contacts.title, to: paths.contacts() }} />
      <ImportSteps current="file" />
      <Card className="max-w-3xl">
        <CardHeader title={text.file.title} hint={text.file.hint} />
        <CardBody>
          <Form
            method="post"
            encType="multipart/form-data"
            ref={form}
            noValidate
            onSubmit={refuseTooBig}
            className="grid gap-5"
          >
            <FormError problem={problem} />
            <Field
              label={text.file.label}
              name="file"
              error={tooBig ? errorText("import.too_big", { maxMegabytes }) : errors.file}
              hint={text.file.limits(maxMegabytes, maxImportLines)}
            >
              {(control) => (
                <Input
                  {...control}
                  type="file"
                  accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
                  onChange={() => setTooBig(false)}
                  className="h-auto cursor-pointer py-2 file:mr-3 file:cursor-pointer file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:font-medium file:text-ink"
                />
              )}
            </Field>
            <p className="flex items-center gap-3 text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              {text.file.or}
            </p>
            <Field label={text.file.paste} name="text" hint={text.file.pasteHint} optional>
              {(control) => (
                <Textarea
                  {...control}
                  rows={5}
                  spellCheck={false}
                  defaultValue={problem?.values.text?.[0] ?? ""}
                  className="font-mono text-[0.8125rem]"
                />
              )}
            </Field>
            <div>
              <SubmitButton pending={pending}>{pending ? text.file.reading : text.file.submit}</SubmitButton>
            </div>
          </Form>
        </CardBody>
      </Card>
      {imports.length > 0 && (
        <Card className="max-w-3xl">
          <CardHeader
            title={text.recent.title}
            hint={text.recent.hint(importKeptDays.unfinished, importKeptDays.finished)}
          />
          <ul className="mt-3 divide-y divide-line border-line border-t">
            {imports.map(({ id, fileName, status, total, createdAt }) => (
              <li
                key={id}
                className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-3 sm:px-6"
              >
                <Link
                  to={paths.import(id)}
                  className="min-w-0 font-medium [overflow-wrap:anywhere] hover:underline"
                  aria-label={text.recent.resume(fileName ?? text.file.pasted)}
                >
                  {fileName ?? text.file.pasted}
                </Link>
                <span className="text-ink-soft">
                  {text.recent.statuses[status]}
                  {total > 0 && ` · ${plural(total, "ligne", "lignes")}`} · <Time at={createdAt} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
