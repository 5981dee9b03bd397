import { sql } from "drizzle-orm";
import { senders } from "#db/schema/senders.ts";
import { expectAccessible } from "#e2e/axe.ts";
import { expect, test } from "#e2e/fixtures.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a paused sender is told on every page with its cause and its cure, and resumed there", async ({
  signedInPage: page,
  db,
}) => {
  const paused = { pauseReason: "account", pauseCode: 20003, pausedAt: sql`now()`, pausedUntil: null };
  await db
    .insert(senders)
    .values({ address: "whatsapp:+14155238886", intervalMs: 300, ...paused })
    .onConflictDoUpdate({ target: senders.address, set: paused });
  await page.goto("/contacts");
  const banner = page.getByRole("status").filter({ hasText: "Envois suspendus" });
  await expect(banner).toContainText("Twilio refuse tous les envois de ce compte.");
  await expect(banner).toContainText("20003");
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectAccessible(page, `a paused sender, ${width} pixels wide`);
  }
  await banner.getByRole("button", { name: "Reprendre les envois" }).click();
  await expect(page.getByText("Les envois reprennent.")).toBeVisible();
  await expect(banner).toHaveCount(0);
});
