import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Fails with what axe finds of WCAG 2.2 A and AA that is serious or critical: the rule, the element and its cure.
 * `contrastOnly` for a page already looked at in other colours.
 */
export async function expectAccessible(
  page: Page,
  where: string,
  { contrastOnly = false }: { contrastOnly?: boolean } = {},
): Promise<void> {
  // The other mode opens a page of its own at each call, for what pages from elsewhere hold: there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (contrastOnly
    ? axe.withRules("color-contrast")
    : axe.withTags(standards)
  ).analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  expect(found, `accessibility of ${where}`).toEqual([]);
}
