// The context of a request's procedures: who asks, found by the token of their cookie or of their program.
import { TRPCError } from "@trpc/server";
import { isConnectionFailure } from "#db/errors.ts";
import type { Services } from "#server/services.ts";
import type { Context } from "#server/trpc/init.ts";
import { findTokenUser } from "#server/users/api-tokens.ts";
import { findSessionUser } from "#server/users/sessions.ts";

type Asked = Pick<Context, "sessionToken" | "ip" | "userAgent" | "requestId"> & {
  /** whether this request is a sign of life of its user; an event stream is none */
  touch: boolean;
  /** of a program; the cookie, if any, does not count then */
  apiToken?: string | null;
};

/** Throws a TRPCError SERVICE_UNAVAILABLE while there is no database to ask. */
export async function createContext(
  services: Services,
  { touch, apiToken = null, ...asked }: Asked,
): Promise<Context> {
  const { db, env, log } = services;
  const token = asked.sessionToken;
  try {
    if (apiToken !== null) {
      const found = await findTokenUser(db, { token: apiToken, ip: asked.ip });
      const { user = null, scope = null } = found ?? {};
      return { services, ...asked, user, scope, sessionToken: null };
    }
    const user = token ? await findSessionUser(db, { token, secret: env.sessionSecret, touch }) : null;
    return { services, user, scope: null, ...asked };
  } catch (error) {
    if (!isConnectionFailure(error)) throw error;
    log.error({ err: error, requestId: asked.requestId }, "no database to find the session in");
    throw new TRPCError({ code: "SERVICE_UNAVAILABLE", message: "unavailable" });
  }
}
