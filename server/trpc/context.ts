// The context of a request's procedures: who asks, found by the token of their cookie.
import { TRPCError } from "@trpc/server";
import { isConnectionFailure } from "#db/errors.ts";
import type { Services } from "#server/services.ts";
import type { Context } from "#server/trpc/init.ts";
import { findSessionUser } from "#server/users/sessions.ts";

type Asked = Pick<Context, "sessionToken" | "ip" | "userAgent" | "requestId"> & {
  /** whether this request is a sign of life of its user; an event stream is none */
  touch: boolean;
};

/** Throws a TRPCError SERVICE_UNAVAILABLE while there is no database to ask. */
export async function createContext(services: Services, { touch, ...asked }: Asked): Promise<Context> {
  const { db, env, log } = services;
  const token = asked.sessionToken;
  try {
    const user = token ? await findSessionUser(db, { token, secret: env.sessionSecret, touch }) : null;
    return { services, user, ...asked };
  } catch (error) {
    if (!isConnectionFailure(error)) throw error;
    log.error({ err: error, requestId: asked.requestId }, "no database to find the session in");
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "unavailable" });
  }
}
