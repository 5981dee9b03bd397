// Whom the categories chosen in the composer reach. No page: the composer asks while one chooses.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { positiveInteger } from "#app/lib/search-params.ts";
import { callerFor } from "#app/lib/trpc.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const chosen = new URL(args.request.url).searchParams.getAll("categorie");
  const categoryIds = chosen.flatMap((text) => positiveInteger(text) ?? []);
  return (await callerFor(args)).campaigns.audience({ categoryIds });
}
