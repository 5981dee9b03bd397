// `npm start`: the production web server. `--dev` compiles the application on request, for `npm run dev`.
import { runWeb } from "#server/http/main.ts";

await runWeb({ dev: process.argv.includes("--dev") });
