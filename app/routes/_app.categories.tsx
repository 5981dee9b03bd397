import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useNavigate, useSearchParams } from "@remix-run/react";
import { Pencil, Plus, Tags, Trash2 } from "lucide-react";
import { CategoryForm } from "#app/components/category-form.tsx";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { Dialog } from "#app/components/ui/dialog.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { fr } from "#app/i18n/fr.ts";
import { categoryColor } from "#app/lib/category-color.ts";
import { categorySize } from "#app/lib/category-size.ts";
import { formAction } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";
import type { CategoryRow } from "#server/categories/views.ts";

const text = fr.categories;

export const meta: MetaFunction = () => [{ title: fr.common.title(text.title) }];

export async function loader(args: LoaderFunctionArgs) {
  return { categories: await (await callerFor(args)).categories.list() };
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    create: async (caller, form) => {
      await caller.categories.create({ name: form.text("name"), color: form.text("color") });
      return { to: paths.categories, toast: text.created };
    },
    update: async (caller, form) => {
      await caller.categories.update({
        id: form.id("id"),
        name: form.text("name"),
        color: form.text("color"),
      });
      return { to: paths.categories, toast: text.updated };
    },
    delete: async (caller, form) => {
      await caller.categories.delete({ id: form.id("id") });
      return { to: paths.categories, toast: text.deleted };
    },
  });
}

export default function Categories() {
  const { categories } = useLoaderData<typeof loader>();
  const empty = categories.length === 0;
  const add = (
    <Button asChild variant="primary">
      <Link to="?ajouter=1" preventScrollReset>
        <Plus aria-hidden />
        {text.add}
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader title={text.title} meta={!empty && text.count(categories.length)} actions={!empty && add} />
      <CategoryDialog categories={categories} />
      {empty ? (
        <Card>
          <EmptyState icon={Tags} title={text.empty.title} action={add}>
            {text.empty.text}
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {categories.map((category) => (
            <CategoryCard key={category.id} category={category} />
          ))}
        </ul>
      )}
    </>
  );
}

function CategoryCard({ category }: { category: CategoryRow }) {
  const { id, name, color, contacts } = category;
  return (
    <li className="flex items-center gap-4 rounded-xl border border-line bg-surface p-4 shadow-card">
      <span
        aria-hidden
        style={{ "--category": categoryColor(color) } as React.CSSProperties}
        className="category-gradient size-12 shrink-0 rounded-2xl rounded-bl-md"
      />
      <div className="grid min-w-0 flex-1">
        <h2 className="line-clamp-3 break-words font-semibold text-base" title={name}>
          {name}
        </h2>
        <Link
          to={paths.contacts({ categorie: id })}
          className="w-fit text-ink-soft underline-offset-2 hover:text-ink hover:underline"
        >
          {text.contactCount(categorySize(category), contacts.count)}
          <span className="sr-only"> {text.ofCategory(name)}</span>
        </Link>
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
          label={`${text.remove.action} ${name}`}
          title={text.remove.title(name)}
          description={<p>{text.remove.text}</p>}
          confirm={text.remove.confirm}
        />
      </div>
    </li>
  );
}

/** Open because the address says so: it can be linked to, and the back button closes it. Without JavaScript a card. */
function CategoryDialog({ categories }: { categories: readonly CategoryRow[] }) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const problem = useActionData<typeof action>();
  const edited = categories.find(({ id }) => String(id) === search.get("modifier"));
  const open = edited !== undefined || search.has("ajouter");
  const title = edited ? text.form.editTitle : text.form.newTitle;
  const form = <CategoryForm key={edited?.id} category={edited} problem={problem} />;
  return (
    <>
      <Dialog
        open={open}
        onOpenChange={() => navigate(paths.categories, { preventScrollReset: true })}
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
