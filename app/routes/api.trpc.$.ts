// The procedures over HTTP, for the browser's client and for scripts; subscriptions as server-sent events.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { sessionToken } from "#app/lib/session.server.ts";
import { createApiContext, retryAfter } from "#server/trpc/api-context.ts";
import { appRouter } from "#server/trpc/root.ts";

export const loader = (args: LoaderFunctionArgs) => answer(args);
export const action = (args: ActionFunctionArgs) => answer(args);

function answer({ request, context }: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    // many calls in one request would be one to whoever counts requests
    allowBatching: false,
    createContext: async ({ info }) =>
      createApiContext(context.services, {
        headers: request.headers,
        method: request.method,
        isStream: info.type === "subscription",
        sessionToken: await sessionToken(request),
        ip: context.ip,
        requestId: context.requestId,
      }),
    responseMeta: ({ errors }) => ({ headers: retryAfter(errors) }),
    onError: ({ error, path, ctx }) => {
      // inside a procedure it is logged there; left are the streams and what happens before any procedure
      if (error.code !== "INTERNAL_SERVER_ERROR" || error.message === "internal") return;
      context.services.log.error(
        { err: error.cause ?? error, path, requestId: ctx?.requestId },
        "trpc failed",
      );
    },
  });
}
