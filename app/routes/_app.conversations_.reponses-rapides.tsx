import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useNavigate, useSearchParams } from "@remix-run/react";
import { Pencil, Plus, Trash2, Zap } from "lucide-react";
import { QuickReplyForm } from "#app/components/quick-reply-form.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { frConversations } from "#app/i18n/fr/conversations.ts";
import { fr } from "#app/i18n/fr.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import type { QuickReplyRow } from "#server/quick-replies/views.ts";

const text = frConversations.quick;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  return { quickReplies: await (await callerFor(args)).quickReplies.list() };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    create: async (caller, form) => {
      await caller.quickReplies.create({ shortcut: form.text("shortcut"), content: form.text("content") });
      return { to: paths.quickReplies, toast: text.created };
    },
    update: async (caller, form) => {
      await caller.quickReplies.update({
        id: form.id("id"),
        shortcut: form.text("shortcut"),
        content: form.text("content"),
      });
      return { to: paths.quickReplies, toast: text.updated };
    },
    delete: async (caller, form) => {
      await caller.quickReplies.delete({ id: form.id("id") });
      return { to: paths.quickReplies, toast: text.deleted };
    },
  });
}

/** One's own texts behind a slash. */
export default function QuickReplies() {
  const { quickReplies } = useLoaderData<typeof loader>();
  const add = (
    <Button asChild variant="primary">
      <Link to="?ajouter=1" preventScrollReset>
        <Plus aria-hidden />
        {text.add}
      </Link>
    </Button>
  );
  const empty = quickReplies.length === 0;
  return (
    <>
      <PageHeader
        title={text.title}
        parent={{ label: frConversations.title, to: paths.conversations() }}
        meta={text.hint}
        actions={!empty && add}
      />
      <QuickReplyDialog quickReplies={quickReplies} />
      <Card>
        {empty ? (
          <EmptyState icon={Zap} title={text.empty.title} action={add}>
            {text.empty.text}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {quickReplies.map((reply) => (
              <QuickReplyLine key={reply.id} reply={reply} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function QuickReplyLine({ reply: { id, shortcut, content } }: { reply: QuickReplyRow }) {
  const name = `/${shortcut}`;
  return (
    <li className="flex items-start gap-4 px-4 py-3 sm:px-6">
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="font-medium">{name}</span>
        <span dir="auto" className="line-clamp-3 whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]">
          {content}
        </span>
      </div>
      <div className="flex">
        <Button asChild variant="ghost" size="iconSmall">
          <Link to={`?modifier=${id}`} preventScrollReset aria-label={`${fr.common.edit} ${name}`}>
            <Pencil aria-hidden />
          </Link>
        </Button>
        <ConfirmButton
          intent="delete"
          fields={{ id }}
          variant="ghost"
          size="iconSmall"
          icon={<Trash2 aria-hidden />}
          label={`${fr.common.remove} ${name}`}
          title={text.removeTitle(shortcut)}
          description={<p>{text.removeText}</p>}
          confirm={text.removeConfirm}
        />
      </div>
    </li>
  );
}

/** Open because the address says so: it can be linked to, and the back button closes it. Without JavaScript a card. */
function QuickReplyDialog({ quickReplies }: { quickReplies: readonly QuickReplyRow[] }) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const problem = useActionData<typeof action>();
  const edited = quickReplies.find(({ id }) => String(id) === search.get("modifier"));
  const open = edited !== undefined || search.has("ajouter");
  const title = edited ? text.edit : text.add;
  const form = <QuickReplyForm key={edited?.id} reply={edited} problem={problem} />;
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={() => navigate(paths.quickReplies, { preventScrollReset: true })}
        title={title}
      >
        {form}
      </Dialog>
      {open && (
        <noscript>
          <Card>
            <CardHeader title={title} />
            <CardBody>{form}</CardBody>
          </Card>
        </noscript>
      )}
    </>
  );
}
