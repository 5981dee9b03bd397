import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type Found = {
  violations: {
    id: string;
    impact?: string | null | undefined;
    nodes: { html: string; failureSummary?: string | undefined }[];
  }[];
};
type Options = { runOnly: { type: "rule" | "tag"; values: string[] }; resultTypes: ["violations"] };

/**
 * Fails with what axe finds of WCAG 2.2 A and AA that is serious or critical: the rule, the element and its cure.
 * `contrastOnly` for a page already looked at in other colours.
 */
export async function expectAccessible(
  page: Page,
  where: string,
  { contrastOnly = false }: { contrastOnly?: boolean } = {},
): Promise<void> {
  const { violations } = await look(page, {
    runOnly: contrastOnly ? { type: "rule", values: ["color-contrast"] } : { type: "tag", values: standards },
    resultTypes: ["violations"],
  });
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  expect(found, `accessibility of ${where}`).toEqual([]);
}

/** Colours on their way from one to another are neither. What turns for ever is not waited for. */
async function settled(): Promise<void> {
  const passing = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(passing.map(({ finished }) => finished));
}

/** By the axe that an earlier look left in the page, half a megabyte of script; else by one brought along. */
async function look(page: Page, options: Options): Promise<Found> {
  await page.evaluate(settled);
  const again = await page.evaluate(async (asked) => {
    const { axe } = window as unknown as { axe?: { run: (options: Options) => Promise<Found> } };
    return axe ? axe.run(asked) : null;
  }, options);
  // The other mode opens a page of its own at each look, for what frames from elsewhere hold: there are none.
  return again ?? new AxeBuilder({ page }).setLegacyMode(true).options(options).analyze();
}
