import { expectAccessible } from "#e2e/axe.ts";
import { expect } from "#e2e/fixtures.ts";
import { scenes, test } from "#e2e/scenes.ts";

const desk = { width: 1280, height: 800 };
const tablet = { width: 800, height: 1100 };
const phone = { width: 390, height: 844 };

// What moves is looked at when it has arrived.
test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const scene of scenes) {
  test(`accessible on desk and phone, in light and dark: ${scene.name}`, async ({
    page,
    openScene,
    problems,
  }) => {
    problems.expect(/status of (404|422)/);
    await openScene(scene);
    for (const [size, viewport] of Object.entries({ desk, tablet, phone })) {
      await page.setViewportSize(viewport);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `pixels of the page beside the window (${size})`).toBeLessThanOrEqual(0);
      if (size === "tablet") continue;
      await page.emulateMedia({ colorScheme: "light" });
      await expectAccessible(page, `${size}, light`);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page, `${size}, dark`, { contrastOnly: true });
    }
  });
}
