import { fr } from "#app/i18n/fr.ts";
import { count } from "#app/i18n/plural.ts";
import type { CategoryRow } from "#server/categories/views.ts";

/** "12", "plus de 1 000". */
export function categorySize({ contacts }: Pick<CategoryRow, "contacts">): string {
  return contacts.isMore ? fr.common.moreThan(count(contacts.count)) : count(contacts.count);
}
