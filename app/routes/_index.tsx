import { redirect } from "@remix-run/node";
import { paths } from "#app/lib/paths.ts";

export function loader() {
  return redirect(paths.dashboard());
}
