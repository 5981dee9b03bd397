import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

// Run by `npm run screenshots`: takes the pictures of docs/images anew. As slow as the real sandbox, on purpose.
process.env.E2E_SEND_INTERVAL_MS = "3000";

export default defineConfig({ ...base, testMatch: "**/*.shots.ts", timeout: 180_000 });
