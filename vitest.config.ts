import { defineConfig } from "vitest/config";

process.env.TZ = "UTC";

const everyProject = {
  env: { TZ: "UTC", RELANCE_DOTENV: "off" },
  setupFiles: ["db/testing/fail-on-console-error.ts"],
};
const outside = ["node_modules/**", "build/**", ".data/**"];

// Without the Remix plugin: what is tested here is plain TypeScript, the built application is Playwright's.
export default defineConfig({
  test: {
    // one less than there are cores leaves half of a small machine idle
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...everyProject,
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...outside, "**/*.db.test.ts"],
          // for what hangs, not for what is slow: the machine may have much else to do
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...everyProject,
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: outside,
          globalSetup: "db/testing/global-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
