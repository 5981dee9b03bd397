// `npm test`: everything, from the quickest to the slowest; what follows a step that failed is not run.
import type { Tally } from "#scripts/lib/tally.ts";
import { build, checkStatically, conclude, runPlaywright, runVitest } from "#scripts/lib/test-steps.ts";

const tallies: Tally[] = [];
for (const step of [checkStatically, runVitest, build, runPlaywright]) {
  const tally = await step();
  tallies.push(tally);
  if (tally.failures.length > 0) break;
}
conclude(tallies);
