// What an uncertain message may be at Twilio, for its page.
import { isUndecided } from "#app/lib/is-undecided.ts";
import { isQuiet } from "#app/lib/session.server.ts";
import { actionCaller, type RouteArgs } from "#app/lib/trpc.server.ts";
import type { Candidate, MessageDetail } from "#server/messages/views.ts";
import { problemOf } from "#server/trpc/problem.ts";

/**
 * The candidates as Twilio shows them now; null when it does not answer, undefined where there is nothing to decide. Not
 * asked while the page only keeps itself up to date.
 */
export async function candidatesOf(
  args: RouteArgs,
  message: MessageDetail,
): Promise<Candidate[] | null | undefined> {
  if (!isUndecided(message) || isQuiet(args.request)) return undefined;
  try {
    return await (await actionCaller(args)).proof.candidates({ id: message.id });
  } catch (error) {
    if (problemOf(error)) return null;
    throw error;
  }
}
