// The page on which people play the virtual phones: files of phone-page/, sent as they lie there. Everything it shows
// comes from the control API and is put into the page as text.
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { sendJson } from "./http.ts";

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** No script and no style but our files: a text that found its way into the page as markup could still do nothing. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export function isPhonePage(path: string): boolean {
  return path === "/" || path === "/phone" || path.startsWith("/phone/");
}

/** Sends the page or one of its files; `/` leads to it. */
export async function answerPhonePage(
  path: string,
  { method, response }: { method: string; response: ServerResponse },
): Promise<void> {
  if (method !== "GET") return sendJson(response, 405, { error: "method not allowed" });
  if (path === "/" || path === "/phone/") {
    response.writeHead(302, { location: "/phone" }).end();
    return;
  }
  const name = path === "/phone" ? "index.html" : path.slice("/phone/".length);
  const type = types[/^[a-z-]+\.(css|js|html|svg)$/.exec(name)?.[1] ?? ""];
  const file = type && (await readFile(new URL(`./phone-page/${name}`, import.meta.url)).catch(absent));
  if (!file) return sendJson(response, 404, { error: `nothing at ${path}` });
  response
    .writeHead(200, {
      "content-type": type,
      "content-length": file.length,
      "cache-control": "no-cache",
      "content-security-policy": policy,
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    })
    .end(file);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
