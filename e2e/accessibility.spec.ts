import { devices, type Page } from "@playwright/test";
import { expectAccessible } from "#e2e/axe.ts";
import { expect } from "#e2e/fixtures.ts";
import { scenes, test } from "#e2e/scenes/test.ts";

const tablet = { width: 800, height: 1100 };
// a touch screen, no mouse, and a window that shows what is too wide by shrinking all of it
const { defaultBrowserType: _, ...phone } = devices["Pixel 7"];

// What moves is looked at when it has arrived.
test.use({ contextOptions: { reducedMotion: "reduce" } });

test.describe("on a desk", () => {
  for (const scene of scenes)
    test(`accessible in light and dark, no wider than its window: ${scene.name}`, async ({
      page,
      openScene,
    }) => {
      await openScene(scene);
      await expectFit(page);
      await expectAccessibleByDayAndNight(page);
      await page.setViewportSize(tablet);
      await expectFit(page);
    });
});

test.describe("on a phone", () => {
  test.use({ ...phone, viewport: { width: 390, height: 844 } });

  for (const scene of scenes)
    test(`accessible in light and dark, no wider than its window: ${scene.name}`, async ({
      page,
      openScene,
    }) => {
      await openScene(scene);
      await expectFit(page);
      await expectAccessibleByDayAndNight(page);
    });
});

async function expectFit(page: Page): Promise<void> {
  const beside = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beside, "pixels of the page beside the window").toBeLessThanOrEqual(0);
}

async function expectAccessibleByDayAndNight(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page, "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, "dark", { contrastOnly: true });
}
