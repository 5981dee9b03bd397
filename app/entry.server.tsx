// Renders the document, and has the last look at errors of loaders and actions.
import { PassThrough } from "node:stream";
import type { ActionFunctionArgs, AppLoadContext, EntryContext, LoaderFunctionArgs } from "@remix-run/node";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { NonceContext } from "#app/lib/nonce.ts";

/** Promises a loader has not kept by then are given up; rendering ends a second later. */
export const streamTimeout = 5000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { services, requestId, cspNonce }: AppLoadContext,
): Promise<Response> {
  const whole = isbot(request.headers.get("user-agent"));
  return new Promise((resolve, reject) => {
    let finalStatus = status;
    let rendered = false;
    const answer = () => {
      rendered = true;
      const body = new PassThrough();
      headers.set("Content-Type", "text/html; charset=utf-8");
      headers.set("Cache-Control", headers.get("Cache-Control") ?? "no-store");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: finalStatus }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <RemixServer context={remixContext} url={request.url} nonce={cspNonce} />
      </NonceContext.Provider>,
      {
        nonce: cspNonce,
        onShellReady: () => whole || answer(),
        onAllReady: () => !whole || answer(),
        onShellError: reject,
        onError: (error) => {
          finalStatus = 500;
          // before the shell stands the error is rejected above, and logged by handleError
          if (rendered) services.log.error({ err: error, requestId }, "page failed while it was rendered");
        },
      },
    );
    setTimeout(abort, streamTimeout + 1000).unref();
  });
}

/** Called for what loaders, actions and rendering throw unexpectedly; not for thrown Responses. */
export function handleError(
  error: unknown,
  { request, context }: LoaderFunctionArgs | ActionFunctionArgs,
): void {
  if (request.signal.aborted) return;
  // an address that leads nowhere, a method a page does not take: the access log has it
  if (isRouteErrorResponse(error) && error.status < 500) return;
  const { pathname } = new URL(request.url);
  context.services.log.error({ err: error, path: pathname, requestId: context.requestId }, "request failed");
}
