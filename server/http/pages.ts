// Where the pages come from: the built application, or Vite compiling it on request.
import { existsSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import expressStaticGzip from "express-static-gzip";

export type Pages = {
  dev: boolean;
  /** files for the browser */
  assets: RequestHandler;
  /** everything else; each request with its own context */
  handler: (context: (req: Request, res: Response) => AppLoadContext) => RequestHandler;
  close: () => Promise<void>;
};

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The application as `npm run build` left it. Throws when there is none. */
export async function builtPages(): Promise<Pages> {
  const file = `${root}build/server/index.js`;
  if (!existsSync(file)) throw new Error("build/server/index.js is missing: npm run build");
  const build = (await import(file)) as ServerBuild;
  return pagesOf(build, `${root}build/client`);
}

/** Pages of a given build, its browser files in `clientFolder`. */
export function pagesOf(build: ServerBuild, clientFolder: string): Pages {
  const assets = Router();
  // named by their content; a tab of an older version must not get a page for a script
  const forever = { immutable: true, maxAge: "1y" };
  assets.use("/assets", compressedStatic(`${clientFolder}/assets`, forever));
  assets.use("/assets", (_req, res) => void res.status(404).type("text/plain").end("Not Found"));
  assets.use(express.static(clientFolder, { maxAge: "1h", index: false }));
  return {
    dev: false,
    assets,
    handler: (getLoadContext) => createRequestHandler({ build, mode: "production", getLoadContext }),
    close: async () => {},
  };
}

/** As the build compressed them (scripts/bootstrap/build.mjs), smaller than one could on the way. */
function compressedStatic(
  folder: string,
  serveStatic: { immutable: boolean; maxAge: string },
): RequestHandler {
  return expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ["br", "gz"],
    index: false,
    serveStatic,
  });
}

/** Vite's development server within ours, its web socket on the same port. */
export async function developmentPages(server: Server): Promise<Pages> {
  const { createServer } = await import("vite");
  const vite = await createServer({
    root,
    server: { middlewareMode: true, hmr: { server } },
  });
  // Remix's own Vite server ends the process at this signal, while ours still has requests to answer
  process.removeAllListeners("SIGTERM");
  const build = () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
  return {
    dev: true,
    assets: vite.middlewares,
    handler: (getLoadContext) => createRequestHandler({ build, mode: "development", getLoadContext }),
    close: () => vite.close(),
  };
}
