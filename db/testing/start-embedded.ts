// Starts the embedded server of a folder from a process of its own, for the tests of db/embedded.ts.
import { startEmbedded, throwAwayFlags } from "#db/embedded.ts";

const [dir = "", action = "keep"] = process.argv.slice(2);
try {
  const server = await startEmbedded({ dir, flags: throwAwayFlags });
  console.log(JSON.stringify({ url: server.url, port: server.port, started: server.started }));
  if (action === "stop") await server.stop();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
