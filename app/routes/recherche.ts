// What the command palette finds. No page: the palette asks while one types.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const asked = new URL(args.request.url).searchParams.get("q") ?? "";
  const caller = await callerFor(args);
  const found = await caller.search.everything({ text: asked.replaceAll("\0", "").slice(0, 100) });
  return { asked, ...found };
}
