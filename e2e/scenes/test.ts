// What a test of scenes begins with: the people in them, and how one is opened.
import type { Cookie } from "@playwright/test";
import { makeConversations } from "#e2e/conversation-story.ts";
import { test as base, makeAccount, sessionCookie } from "#e2e/fixtures.ts";
import { makeHits } from "#e2e/hit-story.ts";
import { openOwnWeb } from "#e2e/own-web.ts";
import { accountsScenes } from "#e2e/scenes/accounts.ts";
import { campaignsScenes } from "#e2e/scenes/campaigns.ts";
import { contactsScenes } from "#e2e/scenes/contacts.ts";
import { conversationsScenes } from "#e2e/scenes/conversations.ts";
import { sandboxScenes } from "#e2e/scenes/sandbox.ts";
import type { Scene, SceneStory } from "#e2e/scenes/scene.ts";
import { shellScenes } from "#e2e/scenes/shell.ts";
import { makeActivity, makeCrowd, makeLongHistory, makeStory } from "#e2e/story.ts";

/** Every page of the dashboard, and every state of it that looks different. */
export const scenes: readonly Scene[] = [
  ...shellScenes,
  ...contactsScenes,
  ...campaignsScenes,
  ...accountsScenes,
  ...conversationsScenes,
  ...sandboxScenes,
];

type Cast = { story: SceneStory; cookies: Record<NonNullable<Scene["who"]>, Cookie[]> };

/** Scenes are looked at and not changed: all of a worker have the same people, signed in once. */
export const test = base.extend<
  { openScene: (scene: Scene) => Promise<void> },
  { cast: Cast; cutOffUrl: string }
>({
  cast: [
    async ({ db }, use) => {
      const [experienced, busy] = [await makeAccount(db), await makeAccount(db)];
      const story = {
        ...(await makeStory(db, experienced)),
        ...(await makeHits(db)),
        ...(await makeConversations(db, experienced)),
      };
      await makeActivity(db, experienced);
      await makeCrowd(db, busy, 51);
      await makeLongHistory(db, busy, 120);
      const cookiesOf = async (account: typeof experienced) => [await sessionCookie(db, account)];
      const cookies = {
        nobody: [],
        newcomer: await cookiesOf(await makeAccount(db)),
        busy: await cookiesOf(busy),
        boss: await cookiesOf(await makeAccount(db, "super_admin")),
        experienced: await cookiesOf(experienced),
      };
      await use({ story, cookies });
    },
    { scope: "worker" },
  ],

  cutOffUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its parameters
    async ({}, use) => {
      const web = await openOwnWeb();
      web.database.cut();
      await use(web.url);
      await web.close();
    },
    { scope: "worker" },
  ],

  openScene: async ({ page, context, cast, cutOffUrl, problems }, use) => {
    await use(async ({ who = "experienced", path, act, complaint, cutOff }) => {
      if (complaint) problems.expect(complaint);
      await context.addCookies(cast.cookies[who]);
      const url = typeof path === "string" ? path : path(cast.story);
      await page.goto(cutOff ? cutOffUrl + url : url, { waitUntil: "load" });
      await act?.(page);
    });
  },
});
