// The live side of a campaign's page: what the database notifies, thinned out for one browser.
import { setTimeout as sleep } from "node:timers/promises";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { isVisibleCampaign, requireCampaign } from "#server/campaigns/queries.ts";
import type { UserContext } from "#server/trpc/init.ts";
import { findSessionUser } from "#server/users/sessions.ts";

type Nothing = Record<string, never>;

export const changesOutput = z.custom<AsyncIterable<Nothing>>(
  (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
);

const minimumDistanceMs = 500;
const sessionCheckMs = 60_000;

type Watched = { campaignId: number; signal: AbortSignal | undefined };

/**
 * One `{}` at once (what changed before the stream stood is on nobody's page yet), then one per change, at most two a
 * second. Ends with UNAUTHORIZED when the session does, and with SERVICE_UNAVAILABLE when the server stops, upon which
 * the client comes back by itself. AppError `campaign.not_found` before anything is yielded.
 */
export async function campaignChanges(
  ctx: UserContext,
  { campaignId, signal = new AbortController().signal }: Watched,
): Promise<AsyncIterable<Nothing>> {
  await requireCampaign(ctx.services.db, { user: ctx.user, id: campaignId });
  return changesOf(ctx, {
    isWatched: async (id) => id === campaignId,
    everyMs: minimumDistanceMs,
    signal,
  });
}

/** As `campaignChanges`, for all campaigns the user may see, at most one `{}` a second. */
export async function anyCampaignChanges(
  ctx: UserContext,
  { signal = new AbortController().signal }: { signal: AbortSignal | undefined },
): Promise<AsyncIterable<Nothing>> {
  const known = new Map<number, boolean>();
  const isWatched = async (id: number) => {
    const isOwn = known.get(id) ?? (await isVisibleCampaign(ctx.services.db, { user: ctx.user, id }));
    known.set(id, isOwn);
    return isOwn;
  };
  return changesOf(ctx, { isWatched, everyMs: 2 * minimumDistanceMs, signal });
}

type Watch = { isWatched: (campaignId: number) => Promise<boolean>; everyMs: number; signal: AbortSignal };

async function* changesOf(ctx: UserContext, { isWatched, everyMs, signal }: Watch): AsyncGenerator<Nothing> {
  const changes = ctx.services.live.subscribe(signal);
  yield {};
  let sessionCheckedAt = Date.now();
  for await (const change of changes) {
    if (change.campaignId !== undefined && !(await isWatched(change.campaignId))) continue;
    if (Date.now() - sessionCheckedAt > sessionCheckMs) {
      await requireLivingSession(ctx);
      sessionCheckedAt = Date.now();
    }
    yield {};
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
  if (!signal.aborted) throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "unavailable" });
}

/** Looks without touching: an open stream is no activity. */
async function requireLivingSession({ services, sessionToken }: UserContext): Promise<void> {
  const secret = services.env.sessionSecret;
  const user =
    sessionToken && (await findSessionUser(services.db, { token: sessionToken, secret, touch: false }));
  if (!user) throw new TRPCError({ code: "UNAUTHORIZED", message: "auth.required" });
}
