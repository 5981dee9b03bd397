// `npm run test:e2e -- [file or option of Playwright]`: the browser tests alone, against the application as it is now.
import { conclude, runPlaywright } from "#scripts/lib/test-steps.ts";

conclude([await runPlaywright(process.argv.slice(3))]);
