// What the command palette finds. No page: the palette asks while one types.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const text = new URL(args.request.url).searchParams.get("q") ?? "";
  return (await callerFor(args)).search.everything({ text: text.replaceAll("\0", "").slice(0, 100) });
}
