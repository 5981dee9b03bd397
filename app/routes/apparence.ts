import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { paths } from "#app/lib/paths.ts";
import { isTheme, themeHeader } from "#app/lib/preferences.server.ts";

/** Light, dark or as the device; only the colours change, so the answer is empty. */
export async function action({ request }: ActionFunctionArgs) {
  // what is no form is a bad request too
  const theme = await request.formData().then(
    (form) => form.get("theme"),
    () => null,
  );
  if (!isTheme(theme)) return new Response(null, { status: 400 });
  return new Response(null, { status: 204, headers: { "set-cookie": await themeHeader(theme) } });
}

export function loader() {
  return redirect(paths.dashboard());
}
