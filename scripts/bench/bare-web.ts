// The floor of the webhook figure, as a process: the same web server, and a route that commits one insert per request.
import type { ActionFunctionArgs } from "@remix-run/node";
import { sql } from "drizzle-orm";
import { readBody } from "#app/lib/read-body.server.ts";
import { startTestWeb } from "#server/testing/web.ts";

const url = process.env.DATABASE_URL ?? "";

async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const body = await readBody(request, 64 * 1024);
  await context.services.db.execute(
    sql`insert into bare_hits (url, body) values (${context.rawUrl}, ${body})`,
  );
  return new Response("<Response/>", { headers: { "Content-Type": "text/xml" } });
}

const web = await startTestWeb(url, { routes: { "api/webhooks/bare": { action } } });
process.send?.(web.url);
process.on("SIGTERM", () => void web.close().then(() => process.exit(0)));
process.on("disconnect", () => process.exit(1));
