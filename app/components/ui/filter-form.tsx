import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { SearchField } from "#app/components/ui/search-field.tsx";
import { fr } from "#app/i18n/fr.ts";
import { useFilterForm } from "#app/lib/use-filter-form.ts";

type FilterFormProps = {
  label: string;
  placeholder: string;
  /** hidden fields for what stays chosen */
  children?: ReactNode;
};

/** The search above a list: in the address, applied while one types, and by Enter before JavaScript. */
export function FilterForm({ label, placeholder, children }: FilterFormProps) {
  const apply = useFilterForm();
  return (
    <Form role="search" className="flex flex-wrap gap-2" onChange={apply}>
      <SearchField label={label} placeholder={placeholder} className="flex-1 basis-64" />
      {children}
      <noscript>
        <Button type="submit">{fr.common.search}</Button>
      </noscript>
    </Form>
  );
}
