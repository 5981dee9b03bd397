import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Printer } from "lucide-react";
import { ChecksCard } from "#app/components/checks-card.tsx";
import { ComebacksCard } from "#app/components/comebacks-card.tsx";
import { ConsoleCard } from "#app/components/console-card.tsx";
import { JoinInstructions } from "#app/components/join-instructions.tsx";
import { LiveIndicator } from "#app/components/live-indicator.tsx";
import { MembersCard } from "#app/components/members-card.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { type MembersView, membersViews } from "#app/lib/members-view.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { useLiveContacts } from "#app/lib/use-live-campaign.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { ContactFilter } from "#server/domain/inputs.ts";

const text = fr.sandboxPage;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

const filters: Record<MembersView, ContactFilter> = {
  inscrits: { situation: "in_sandbox" },
  "expirent-bientot": { state: "expiring" },
  "a-reinscrire": { situation: "to_rejoin" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url);
  const view = membersViews.find((one) => one === searchParams.get("liste")) ?? "inscrits";
  const turn = {
    after: searchParams.get("apres")?.slice(0, 500),
    before: searchParams.get("avant")?.slice(0, 500),
  };
  const caller = await callerFor(args);
  const [console, counts, comebacks, contacts] = await Promise.all([
    caller.sandbox.console(),
    caller.sandbox.membership(),
    caller.sandbox.comebacks({}),
    caller.contacts.list({ ...filters[view], ...turn, sort: "inbound" }),
  ]);
  return { console, counts, comebacks, contacts, view };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    resend: async (caller, form) => {
      const id = form.text("messageId");
      const { count } = await caller.sandbox.resend(id ? { messageIds: [form.id("messageId")] } : {});
      return { to: paths.sandbox(), toast: text.comebacks.resent(count) };
    },
  });
}

export default function Sandbox() {
  const { console, counts, comebacks, contacts, view } = useLoaderData<typeof loader>();
  const sandbox = useSandbox();
  const mode = useLiveContacts();
  return (
    <>
      <PageHeader title={text.title} meta={text.meta} actions={<LiveIndicator mode={mode} />} />
      {comebacks.total > 0 && <ComebacksCard comebacks={comebacks} />}
      <div className="grid gap-6 xl:grid-cols-2">
        <Card>
          <CardHeader
            title={fr.sandbox.steps.title}
            actions={
              sandbox.joinUrl && (
                <Button asChild size="sm">
                  <a href={paths.sandboxPoster} target="_blank" rel="noreferrer">
                    <Printer aria-hidden />
                    {text.poster.open}
                  </a>
                </Button>
              )
            }
          />
          <CardBody>
            <JoinInstructions sandbox={sandbox} />
          </CardBody>
        </Card>
        <ConsoleCard settings={console} />
      </div>
      <ChecksCard />
      <MembersCard contacts={contacts} counts={counts} view={view} />
    </>
  );
}
