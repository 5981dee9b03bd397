import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { frSignIn } from "#app/i18n/fr/sign-in.ts";
import { paths } from "#app/lib/paths.ts";
import { toastHeader } from "#app/lib/preferences.server.ts";
import { noSessionHeader } from "#app/lib/session.server.ts";
import { actionCaller } from "#app/lib/trpc.server.ts";

/** Ends the session here and in the database. */
export async function action(args: ActionFunctionArgs) {
  await (await actionCaller(args)).auth.signOut();
  const headers = new Headers();
  headers.append("set-cookie", await noSessionHeader(args.context.services.env));
  headers.append("set-cookie", await toastHeader({ kind: "info", text: frSignIn.signedOut }));
  return redirect(paths.signIn(), { headers });
}

export function loader() {
  return redirect(paths.signIn());
}
