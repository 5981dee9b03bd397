import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { fr } from "#app/i18n/fr.ts";
import { formAction, pageBefore } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";

/** The sender has no page of its own: its banner is on all of them. */
export function action(args: ActionFunctionArgs) {
  return formAction(args, {
    resume: async (caller) => {
      await caller.senders.resume();
      return { to: pageBefore(args.request), toast: fr.shell.senderPaused.resumed };
    },
  });
}

export function loader() {
  return redirect(paths.campaigns);
}
