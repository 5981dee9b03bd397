// The campaigns that the history's filter finds. No page: the filter asks while one types.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const text = new URL(args.request.url).searchParams.get("q") ?? "";
  const caller = await callerFor(args);
  return { campaigns: await caller.messages.campaigns({ search: text.replaceAll("\0", "").slice(0, 100) }) };
}
