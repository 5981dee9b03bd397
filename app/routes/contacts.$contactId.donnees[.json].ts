// All that is held about a contact, as a file. By a form, since it is written into the audit log.
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { paths } from "#app/lib/paths.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function action(args: ActionFunctionArgs) {
  const id = Number(args.params.contactId);
  const file = await (await callerFor(args)).contacts.exportData({ id });
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="relance-contact-${id}.json"`,
      "cache-control": "no-store",
    },
  });
}

/** Who comes by the address is shown the contact, where the button is. */
export async function loader(args: LoaderFunctionArgs) {
  const { id } = await (await callerFor(args)).contacts.get({ id: Number(args.params.contactId) });
  return redirect(paths.contact(id));
}
