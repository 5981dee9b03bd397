// The live side of the dashboard: what the database notifies, thinned out and sorted for one browser. One stream serves a
// whole tab, whatever its pages look at.
import { setTimeout as sleep } from "node:timers/promises";
import { TRPCError } from "@trpc/server";
import { ownCampaignIds } from "#server/campaigns/queries.ts";
import type { LiveNews } from "#server/live/views.ts";
import type { UserContext } from "#server/trpc/init.ts";
import { findSessionUser } from "#server/users/sessions.ts";

const minimumDistanceMs = 500;
const sessionCheckMs = 60_000;

/**
 * `{ all: true }` at once (what changed before the stream stood is on nobody's page yet), then what changed, at most twice
 * a second: of campaigns, those the user sees. Ends with UNAUTHORIZED when the session does, and with
 * SERVICE_UNAVAILABLE when the server stops, upon which the client comes back by itself.
 */
export async function* liveChanges(
  ctx: UserContext,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<LiveNews> {
  const changes = ctx.services.live.subscribe(signal);
  const seen = new Map<number, boolean>();
  yield { all: true, sender: true, campaignIds: [] };
  let sessionCheckedAt = Date.now();
  for await (const batch of changes) {
    const accountChanged = batch.some(({ userId }) => userId === ctx.user.id);
    if (accountChanged || Date.now() - sessionCheckedAt > sessionCheckMs) {
      await requireLivingSession(ctx);
      sessionCheckedAt = Date.now();
    }
    const all = batch.some((change) => Object.keys(change).length === 0);
    const named = batch.flatMap(({ campaignId }) => campaignId ?? []);
    const news = {
      all,
      sender: all || batch.some(({ senderId }) => senderId !== undefined),
      campaignIds: await visibleOf(ctx, named, seen),
    };
    if (!news.all && !news.sender && news.campaignIds.length === 0) continue;
    yield news;
    await sleep(minimumDistanceMs, undefined, { signal }).catch(() => {});
  }
  if (!signal.aborted) throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "unavailable" });
}

/** Whose a campaign is never changes: the database is asked once for each. */
async function visibleOf(
  { services, user }: UserContext,
  ids: number[],
  seen: Map<number, boolean>,
): Promise<number[]> {
  const unknown = ids.filter((id) => !seen.has(id));
  if (unknown.length > 0) {
    const own = new Set(await ownCampaignIds(services.db, { user, ids: unknown }));
    for (const id of unknown) seen.set(id, own.has(id));
  }
  return ids.filter((id) => seen.get(id));
}

/** Looks without touching: an open stream is no activity. */
async function requireLivingSession({ services, sessionToken }: UserContext): Promise<void> {
  const secret = services.env.sessionSecret;
  const user =
    sessionToken && (await findSessionUser(services.db, { token: sessionToken, secret, touch: false }));
  if (!user) throw new TRPCError({ code: "UNAUTHORIZED", message: "auth.required" });
}
