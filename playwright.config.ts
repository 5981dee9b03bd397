import { defineConfig } from "@playwright/test";

process.env.TZ = "UTC";

// Run by `npm run test:e2e`, which finds the browser. The application under test is started once by the global setup,
// which puts its addresses into the environment.
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.E2E_WEB_URL,
    browserName: "chromium",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      // software that imitates a graphics card costs half a core
      args: ["--disable-gpu"],
    },
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    // without its film of the screen, which would cost each test as much as what it looks at
    trace: { mode: "retain-on-failure", screenshots: false },
  },
});
