import { redirect } from "@remix-run/node";

type Paged = { rows: readonly unknown[]; total: number; pageSize: number };

/** Throws a redirect to the last page when the one asked for lies beyond it, as after its only row was deleted. */
export function leadToLastPage(url: URL, { rows, total, pageSize }: Paged): void {
  if (rows.length > 0 || total === 0) return;
  const target = new URL(url);
  target.searchParams.set("page", String(Math.ceil(total / pageSize)));
  throw redirect(target.pathname + target.search);
}
