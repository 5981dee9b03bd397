import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { StrangerForm } from "#app/components/stranger-form.tsx";
import { ThreadFrame } from "#app/components/thread.tsx";
import { ReceivedBubble } from "#app/components/thread-bubbles.tsx";
import { BackToInbox } from "#app/components/thread-header.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import { listCountries } from "#server/domain/countries.ts";
import { formatPhone } from "#server/domain/phone.ts";

const text = frConversations.strangers;

export const meta: MetaFunction = () => [{ title: fr.common.title(frConversations.filters.strangers) }];

export async function loader(args: LoaderFunctionArgs) {
  const caller = await callerFor(args);
  const [stranger, categories] = await Promise.all([
    caller.strangers.get({ id: Number(args.params.strangerId) }),
    caller.categories.list(),
  ]);
  return { stranger, categories, countries: listCountries() };
}

export function action(args: ActionFunctionArgs) {
  const id = Number(args.params.strangerId);
  return formAction(args, {
    makeContact: async (caller, form) => {
      const { contactId, isNew } = await caller.strangers.makeContact({
        id,
        number: form.text("number"),
        country: form.text("country"),
        firstName: form.text("firstName"),
        lastName: form.text("lastName"),
        categoryIds: form.ids("categoryIds"),
      });
      return { to: paths.conversation(contactId), toast: isNew ? text.made : text.linked };
    },
  });
}

/** What somebody wrote who is in no contacts, and how they become one. */
export default function StrangerPage() {
  const { stranger, categories, countries } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  const { id, number, profileName, messages } = stranger;
  const title = profileName ?? (number ? formatPhone(number) : text.unnamed);
  return (
    <div className="grid gap-6">
      <Card aria-label={frConversations.thread.label(title)} className="min-w-0 overflow-hidden">
        <div className="flex items-center gap-2 border-line border-b px-4 py-3">
          <BackToInbox />
          <div className="grid min-w-0">
            <h2 className="truncate font-semibold text-base">
              <bdi>{title}</bdi>
            </h2>
            <span className="text-ink-soft text-xs tabular-nums [overflow-wrap:anywhere]">
              {number ? formatPhone(number) : `${text.noNumber} · ${stranger.address}`}
            </span>
          </div>
        </div>
        <ThreadFrame label={frConversations.thread.messages}>
          <ol className="flex flex-col gap-2">
            {messages.map((message) => (
              <ReceivedBubble
                key={message.id}
                item={message}
                mediaPath={(index) => paths.strangerMedia(id, message.id, index)}
                withDay
              />
            ))}
          </ol>
        </ThreadFrame>
      </Card>
      <Card>
        <CardHeader title={text.formTitle} hint={text.explain} />
        <CardBody>
          <StrangerForm
            key={id}
            stranger={stranger}
            categories={categories}
            countries={countries}
            problem={problem}
          />
        </CardBody>
      </Card>
    </div>
  );
}
