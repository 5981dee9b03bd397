import { Form, Link } from "@remix-run/react";
import { Search } from "lucide-react";
import { Button } from "#app/components/ui/button.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { FilterDay } from "#app/components/ui/filter-day.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { paths } from "#app/lib/paths.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";
import { auditActions, auditSubjects } from "#server/domain/audit-actions.ts";
import type { UserRow } from "#server/users/views.ts";

const text = fr.audit.filters;
const typingMs = 300;

type AuditFiltersProps = { users: readonly UserRow[]; filtered: boolean };

/** By person, subject, action, day, and what a line names; all in the address. */
export function AuditFilters({ users, filtered }: AuditFiltersProps) {
  const { search, input, submitSoon } = useFilterForm();
  return (
    <Form
      role="search"
      aria-label={text.search}
      className="grid grid-cols-2 gap-x-2 gap-y-3 border-line border-b px-4 py-3 sm:px-6 xl:grid-cols-[repeat(3,1fr)_auto_auto]"
      onChange={(event) => submitSoon(event.currentTarget, event.target === input.current ? typingMs : 0)}
    >
      <div className="relative col-span-full min-w-0">
        <Search aria-hidden className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
        <Input
          ref={input}
          type="search"
          name="recherche"
          aria-label={text.search}
          maxLength={100}
          defaultValue={search}
          placeholder={text.searchPlaceholder}
          className="pl-9"
        />
      </div>
      <FilterChoice name="utilisateur" label={text.user} className="max-sm:col-span-full">
        <option value="">{text.allUsers}</option>
        {users.map(({ id, email }) => (
          <option key={id} value={id}>
            {email}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="sujet" label={text.subject}>
        <option value="">{text.allSubjects}</option>
        {auditSubjects.map((subject) => (
          <option key={subject} value={subject}>
            {fr.audit.subjects[subject]}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="action" label={text.action}>
        <option value="">{text.allActions}</option>
        {auditActions.map((action) => (
          <option key={action} value={action}>
            {fr.audit.actions[action]}
          </option>
        ))}
      </FilterChoice>
      <div className="col-span-full grid grid-cols-2 gap-2 xl:col-span-1">
        <FilterDay name="du" label={text.from} />
        <FilterDay name="au" label={text.to} />
      </div>
      <div className="col-span-full flex items-end gap-2 empty:hidden xl:col-span-1">
        {filtered && (
          <Button asChild variant="ghost">
            <Link to={paths.audit()} preventScrollReset>
              {text.reset}
            </Link>
          </Button>
        )}
        <noscript>
          <Button type="submit">{fr.common.search}</Button>
        </noscript>
      </div>
    </Form>
  );
}
