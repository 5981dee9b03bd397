// The only door from loaders and actions to the procedures.
import { type AppLoadContext, redirect } from "@remix-run/node";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { paths } from "#app/lib/paths.ts";
import { isQuiet, sessionToken } from "#app/lib/session.server.ts";
import { createContext } from "#server/trpc/context.ts";
import type { Context } from "#server/trpc/init.ts";
import { createCaller } from "#server/trpc/root.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

/** What loaders and actions are given. */
export type RouteArgs = { request: Request; context: AppLoadContext };

export type Caller = ReturnType<typeof createCaller>;

/** Escaped once more in the redirect's header, of which proxies and browsers take so much and no more. */
const longestWayBack = 2_000;

const contexts = new WeakMap<AppLoadContext, Promise<Context>>();

/**
 * For loaders: calls procedures for whoever sent the request. Who has to sign in is sent to the sign-in page; any other
 * refusal is thrown as a Response with its status (404, 403, 503 …), which the error page of the route draws.
 */
export async function callerFor(args: RouteArgs): Promise<Caller> {
  return createCaller(await requestContext(args), {
    onError: ({ error }) => {
      throw responseTo(error, args.request);
    },
  });
}

/**
 * For actions: as `callerFor`, but what a procedure refuses is thrown as it is, to be shown in the form (`problemOf` in
 * server/trpc/problem.ts). Only a session that is over leads to the sign-in page, and a database that is away to its page.
 */
export async function actionCaller(args: RouteArgs): Promise<Caller> {
  return createCaller(await requestContext(args), {
    onError: ({ error }) => {
      const isShownInForm = error.message !== "auth.required" && error.code !== "SERVICE_UNAVAILABLE";
      if (!isShownInForm) throw responseTo(error, args.request);
    },
  });
}

/** The signed-in user; anybody else is sent to the sign-in page. */
export async function requireUser(args: RouteArgs): Promise<SignedInUser> {
  const user = await (await callerFor(args)).auth.me();
  if (!user) throw redirect(paths.signIn(pathOf(args.request)));
  return user;
}

async function requestContext(args: RouteArgs): Promise<Context> {
  try {
    return await contextFor(args);
  } catch (error) {
    throw error instanceof TRPCError ? responseTo(error, args.request) : error;
  }
}

/** The session is looked up once per request, however many loaders it has. */
function contextFor({ request, context }: RouteArgs): Promise<Context> {
  const known = contexts.get(context);
  if (known) return known;
  const created = sessionToken(request).then((token) =>
    createContext(context.services, {
      sessionToken: token,
      touch: !isQuiet(request),
      ip: context.ip,
      userAgent: request.headers.get("user-agent"),
      requestId: context.requestId,
    }),
  );
  contexts.set(context, created);
  return created;
}

function responseTo(error: TRPCError, request: Request): Response {
  if (error.code === "UNAUTHORIZED") return redirect(paths.signIn(pathOf(request)));
  return new Response(error.code, { status: getHTTPStatusCodeFromError(error) });
}

/** Where to come back to after signing in: a page, so not what a form has just been posted to. */
function pathOf(request: Request): string | undefined {
  const { pathname, search } = new URL(request.url);
  const path = pathname + search;
  const isPage = request.method === "GET" && pathname !== "/";
  return isPage && path.length <= longestWayBack ? path : undefined;
}
