// The live side of the dashboard: what the database notifies, thinned out and sorted for one browser. One stream serves a
// whole tab, whatever its pages look at.
import { setTimeout as sleep } from "node:timers/promises";
import { TRPCError } from "@trpc/server";
import { ownCampaignIds } from "#server/campaigns/queries.ts";
import { ownContactIds } from "#server/contacts/queries.ts";
import type { LiveNews } from "#server/live/views.ts";
import type { UserContext } from "#server/trpc/init.ts";
import type { SignedInUser } from "#server/users/ownership.ts";
import { findSessionUser } from "#server/users/sessions.ts";

const minimumDistanceMs = 500;
const sessionCheckMs = 60_000;

/**
 * `{ all: true }` at once (what changed before the stream stood is on nobody's page yet), then what changed, at most twice
 * a second: of campaigns and contacts, those the user sees. Who that is is read again when the account changes or a
 * session of it ends, and once a minute. Ends with UNAUTHORIZED when the session does, and with SERVICE_UNAVAILABLE when
 * the server stops, upon which the client comes back by itself.
 */
export async function* liveChanges(
  ctx: UserContext,
  signal: AbortSignal = new AbortController().signal,
  checkMs = sessionCheckMs,
): AsyncGenerator<LiveNews> {
  const leaving = new AbortController();
  const changes = ctx.services.live.subscribe(AbortSignal.any([signal, leaving.signal]));
  let { user } = ctx;
  let sessionCheckedAt = Date.now();
  try {
    yield everything;
    for await (const batch of withPauses(changes, checkMs)) {
      const { role } = user;
      const accountChanged = batch.some(({ userId }) => userId === user.id);
      if (accountChanged || Date.now() - sessionCheckedAt >= checkMs) {
        user = await requireLivingSession(ctx);
        sessionCheckedAt = Date.now();
      }
      const seesOthers = user.role !== role;
      const all = seesOthers || batch.some((change) => Object.keys(change).length === 0);
      const news = {
        all,
        sender: all || batch.some(({ senderId }) => senderId !== undefined),
        campaignIds: await ownCampaigns(
          { ...ctx, user },
          batch.flatMap(({ campaignId }) => campaignId ?? []),
        ),
        contactIds: await ownContacts(
          { ...ctx, user },
          batch.flatMap(({ contactId }) => contactId ?? []),
        ),
        strangers: user.role === "super_admin" && batch.some(({ strangerId }) => strangerId !== undefined),
      };
      if (isNothing(news)) continue;
      yield news;
      await sleep(minimumDistanceMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    leaving.abort();
  }
  if (!signal.aborted) throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "unavailable" });
}

const everything: LiveNews = { all: true, sender: true, campaignIds: [], contactIds: [], strangers: false };

function isNothing({ all, sender, campaignIds, contactIds, strangers }: LiveNews): boolean {
  return !all && !sender && !strangers && campaignIds.length === 0 && contactIds.length === 0;
}

/** The same batches, and an empty one whenever there was none for so long. */
async function* withPauses<Item>(batches: AsyncIterable<Item[]>, pauseMs: number): AsyncGenerator<Item[]> {
  const iterator = batches[Symbol.asyncIterator]();
  let next = iterator.next();
  for (;;) {
    const over = new AbortController();
    const pause = sleep(pauseMs, null, { signal: over.signal }).catch(() => null);
    const result = await Promise.race([next, pause]);
    over.abort();
    if (result?.done) return;
    yield result?.value ?? [];
    if (result) next = iterator.next();
  }
}

/** Asked each time: a campaign may be given to somebody else. */
async function ownCampaigns({ services, user }: UserContext, ids: number[]): Promise<number[]> {
  return ids.length === 0 ? [] : ownCampaignIds(services.db, { user, ids });
}

/** Asked each time: a contact may have another owner, at the latest when it comes back. */
async function ownContacts({ services, user }: UserContext, ids: number[]): Promise<number[]> {
  return ids.length === 0 ? [] : ownContactIds(services.db, { user, ids });
}

/** Looks without touching: an open stream is no activity. */
async function requireLivingSession({ services, sessionToken }: UserContext): Promise<SignedInUser> {
  const secret = services.env.sessionSecret;
  const user =
    sessionToken && (await findSessionUser(services.db, { token: sessionToken, secret, touch: false }));
  if (!user) throw new TRPCError({ code: "UNAUTHORIZED", message: "auth.required" });
  return user;
}
