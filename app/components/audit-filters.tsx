import { Form, Link } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { FilterChoice } from "#app/components/ui/filter-choice.tsx";
import { FilterDay } from "#app/components/ui/filter-day.tsx";
import { SearchField } from "#app/components/ui/search-field.tsx";
import { frAudit } from "#app/i18n/fr/audit.ts";
import { fr } from "#app/i18n/fr.ts";
import { cn } from "#app/lib/cn.ts";
import { paths } from "#app/lib/paths.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";
import { auditActions, auditSubjects, subjectOf } from "#server/domain/audit-actions.ts";
import type { UserRow } from "#server/users/views.ts";

const text = frAudit.filters;

type AuditFiltersProps = { users: readonly UserRow[]; filtered: boolean };

/** By person, subject, action, day, and what a line names; all in the address. */
export function AuditFilters({ users, filtered }: AuditFiltersProps) {
  const apply = useFilterForm();
  return (
    <Form
      role="search"
      aria-label={text.search}
      className={cn(
        "grid grid-cols-2 gap-x-2 gap-y-3 border-line border-b px-4 py-3 sm:px-6",
        filtered ? "xl:grid-cols-[repeat(3,1fr)_auto_auto]" : "xl:grid-cols-[repeat(3,1fr)_auto]",
      )}
      onChange={apply}
    >
      <SearchField label={text.search} placeholder={text.searchPlaceholder} className="col-span-full" />
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
            {frAudit.subjects[subject]}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="action" label={text.action}>
        <option value="">{text.allActions}</option>
        {auditSubjects.map((subject) => (
          <optgroup key={subject} label={frAudit.subjects[subject]}>
            {auditActions
              .filter((action) => subjectOf(action) === subject)
              .map((action) => (
                <option key={action} value={action}>
                  {frAudit.actions[action]}
                </option>
              ))}
          </optgroup>
        ))}
      </FilterChoice>
      <div className="col-span-full grid grid-cols-2 gap-2 sm:col-span-1">
        <FilterDay name="du" label={text.from} />
        <FilterDay name="au" label={text.to} />
      </div>
      {filtered && (
        <Button asChild variant="ghost" className="self-end justify-self-start">
          <Link to={paths.audit()} preventScrollReset>
            {text.reset}
          </Link>
        </Button>
      )}
      <noscript className="noscript:self-end">
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
    </Form>
  );
}
