import { devices } from "@playwright/test";
import { scenes, test } from "#e2e/scenes/test.ts";

const { defaultBrowserType: _, ...phone } = devices["Pixel 7"];
test.use({ contextOptions: { reducedMotion: "reduce" } });
const file = (i: number, name: string, where: string) =>
  `/tmp/relance/lookall/${where}/${String(i).padStart(3, "0")}-${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.png`;
for (const [where, options] of [
  ["desk", {}],
  ["phone", { ...phone, viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 }],
] as const)
  test.describe(where, () => {
    test.use(options);
    for (const [i, scene] of scenes.entries())
      test(`${where} ${scene.name}`, async ({ page, openScene }) => {
        await openScene(scene);
        await page.emulateMedia({ colorScheme: "dark" });
        await page.waitForTimeout(150);
        await page.screenshot({ path: file(i, scene.name, `${where}-dark`), animations: "disabled" });
        await page.emulateMedia({ colorScheme: "light" });
        await page.waitForTimeout(150);
        await page.screenshot({ path: file(i, scene.name, `${where}-light`), animations: "disabled" });
      });
  });
