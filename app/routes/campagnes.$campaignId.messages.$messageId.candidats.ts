// What an uncertain message may be at Twilio. No page: the message's page asks when it came without.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { askCandidates } from "#app/lib/candidates.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  return { candidates: await askCandidates(args, Number(args.params.messageId)) };
}

/** Twilio is asked when a person wants to know, not whenever the page keeps itself up to date. */
export const shouldRevalidate = () => false;
