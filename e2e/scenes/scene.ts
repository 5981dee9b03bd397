// A page in a state worth looking at, and what leads there.
import type { Page, Route } from "@playwright/test";
import type { ConversationStory } from "#e2e/conversation-story.ts";
import type { HitStory } from "#e2e/hit-story.ts";
import type { Story } from "#e2e/story.ts";

export type SceneStory = Story & HitStory & ConversationStory;

export type Scene = {
  name: string;
  /** by default an admin with a story; the busy one has more of everything than a page holds */
  who?: "experienced" | "newcomer" | "busy" | "boss" | "nobody";
  path: string | ((story: SceneStory) => string);
  /** what a person does on the page before one looks */
  act?: (page: Page) => Promise<void>;
  /** what the browser says against it, where that belongs to it */
  complaint?: RegExp;
  /** at a web server whose database is away */
  cutOff?: true;
};

export const submit = (name: string) => (page: Page) =>
  page.getByRole("button", { name, exact: true }).click();

/** The first button of the page with this name, and the dialog it opens. */
export const asks = (name: RegExp) => async (page: Page) => {
  await page.getByRole("button", { name }).first().click();
  await page.getByRole("dialog").waitFor();
};

/** The way to the contacts, which takes for ever, or comes to nothing. */
export const toContacts = async (page: Page, answer: (route: Route) => Promise<void> | undefined) => {
  await page.route(/\/contacts\.data/, answer);
  await page.getByRole("link", { name: "Contacts", exact: true }).click();
};

export const chartsDrawn = async (page: Page) => {
  await page.locator(".recharts-pie").waitFor();
  await page.locator(".recharts-bar").first().waitFor();
};

export const refused = /status of 422/;
export const notFound = /status of 404/;

export const turnPage = async (page: Page) => {
  await page.getByRole("link", { name: "Page suivante" }).click();
  await page.getByRole("link", { name: "Page précédente" }).waitFor();
};
