import { z } from "zod";
import { runDoctor } from "#server/doctor/run-doctor.ts";
import { doctorCheck } from "#server/doctor/views.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

/** A page waits for it. */
const patienceMs = 10_000;

export const doctorRouter = router({
  /**
   * What `npm run doctor` says, as of now and for this web server; takes seconds when something does
   * not answer. For every admin: whoever waits for messages may know why none leaves; no secret is in it.
   */
  checks: userProcedure.output(z.array(doctorCheck)).query(({ ctx: { services } }) =>
    // it started, so its variables are right
    runDoctor({ settings: services.env, problems: [], db: services.db, patienceMs, now: Date.now }),
  ),
});
