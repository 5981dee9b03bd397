import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { SearchX, Stethoscope, Webhook } from "lucide-react";
import { HitFilters } from "#app/components/hit-filters.tsx";
import { HitsTable } from "#app/components/hits-table.tsx";
import { TestHitButton, TestHitProblem } from "#app/components/test-hit.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { CursorPages } from "#app/components/ui/cursor-pages.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frWebhooks } from "#app/i18n/fr/webhooks.ts";
import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { cursorOf } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { usePolling } from "#app/lib/use-polling.ts";
import { hitStates } from "#server/domain/inputs.ts";
import { hitKinds } from "#server/domain/signature-match.ts";

const text = frWebhooks;
const verdicts = ["accepted", "refused"] as const;
const pollMs = 5000;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const url = new URL(args.request.url);
  const chosen = (name: string) => url.searchParams.get(name);
  const filters = {
    sid: chosen("recherche")?.replaceAll("\0", "").trim().slice(0, 100) || null,
    verdict: verdicts.find((verdict) => verdict === chosen("verdict")) ?? null,
    kind: hitKinds.find((kind) => kind === chosen("type")) ?? null,
    state: hitStates.find((state) => state === chosen("suite")) ?? null,
  };
  const hits = await (await callerFor(args)).webhooks.list({ ...filters, ...cursorOf(url) });
  return { hits, filtered: Object.values(filters).some((value) => value !== null) };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    test: async (caller) => {
      const result = await caller.webhooks.sendTest();
      return result.problem === null
        ? { to: paths.hits(), toast: text.test.done(result.milliseconds) }
        : { show: { test: result } };
    },
  });
}

export default function Webhooks() {
  const { hits, filtered } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { rows, total, totalIsMore, previous, next } = hits;
  const shown = totalIsMore ? fr.common.moreThan(count(total)) : count(total);
  const empty = !filtered && rows.length === 0;
  // further back nothing new appears
  usePolling(previous === null, pollMs);
  return (
    <>
      <PageHeader
        title={text.title}
        meta={
          <>
            <p>{text.intro}</p>
            {!empty && <p role="status">{text.total(shown, total < 2)}</p>}
          </>
        }
        actions={
          <>
            <Button asChild variant="ghost">
              <Link to={paths.doctor}>
                <Stethoscope aria-hidden />
                {text.checks}
              </Link>
            </Button>
            <TestHitButton />
          </>
        }
      />
      {answer && "test" in answer && <TestHitProblem result={answer.test} />}
      <Card>
        {!empty && <HitFilters filtered={filtered} />}
        {rows.length > 0 ? <HitsTable rows={rows} /> : <Nothing filtered={filtered} />}
        <CursorPages previous={previous} next={next} />
      </Card>
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { noMatch, empty } = text;
  if (!filtered) {
    return (
      <EmptyState icon={Webhook} title={empty.title}>
        {empty.text}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={noMatch.title}
      action={
        <Button asChild>
          <Link to={paths.hits()}>{noMatch.action}</Link>
        </Button>
      }
    >
      {noMatch.text}
    </EmptyState>
  );
}
