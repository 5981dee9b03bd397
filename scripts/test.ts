// `npm test`: everything, from the quickest to the slowest. A failure hides no other one, so all steps run; only the browser
// has nothing to look at when the build fails.
import { build, checkStatically, conclude, runPlaywright, runVitest } from "#scripts/lib/test-steps.ts";

const tallies = [await checkStatically(), await runVitest()];
const built = await build();
tallies.push(built);
if (built.failures.length === 0) tallies.push(await runPlaywright());
conclude(tallies);
