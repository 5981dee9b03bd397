// What an uncertain message may be at Twilio, for its page.
import { actionCaller, type RouteArgs } from "#app/lib/trpc.server.ts";
import type { Candidate } from "#server/messages/views.ts";
import { problemOf } from "#server/trpc/problem.ts";

/** The candidates as Twilio shows them now; null when it does not answer, or there is nothing to decide any more. */
export async function askCandidates(args: RouteArgs, id: number): Promise<Candidate[] | null> {
  try {
    return await (await actionCaller(args)).proof.candidates({ id });
  } catch (error) {
    if (problemOf(error)) return null;
    throw error;
  }
}
