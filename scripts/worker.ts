// `npm run worker`: the production worker.
import "#jobs/main.ts";
