// The context of a call over HTTP, where anybody may call: what proves that it is meant, and how often it may come.

import { addressKey } from "#server/address-key.ts";
import { AppError } from "#server/errors.ts";
import type { Services } from "#server/services.ts";
import { createContext } from "#server/trpc/context.ts";
import type { Context } from "#server/trpc/init.ts";
import { refusal } from "#server/trpc/problem.ts";

type Call = Pick<Context, "sessionToken" | "ip" | "requestId"> & {
  headers: Headers;
  method: string;
  isStream: boolean;
};

/**
 * The context of a call of `/api/trpc`. Throws TRPCErrors: `api.header_missing` for what a form of another site could
 * have sent, `api.too_many_requests` (meta seconds) beyond 100 requests a minute of a user or an address; what pages ask by
 * themselves is counted apart.
 */
export async function createApiContext(services: Services, call: Call): Promise<Context> {
  const { headers, method, isStream, ...asked } = call;
  const apiToken = bearerOf(headers);
  // a browser lets no other site's page send a header of its own
  if (!["GET", "HEAD"].includes(method) && apiToken === null && !headers.has("x-relance-client")) {
    throw refusal(new AppError("api.header_missing"));
  }
  const isOwn =
    apiToken === null && asked.sessionToken !== null && (isStream || headers.has("x-relance-quiet"));
  const { api, ownPages, ownPagesOfAddress } = services.rates;
  const address = addressKey(asked.ip);
  refuseTooMany(isOwn ? ownPagesOfAddress(address) : api(address));
  const context = await createContext(services, {
    ...asked,
    apiToken,
    userAgent: headers.get("user-agent"),
    touch: !isOwn,
  });
  if (context.user) {
    const rate = isOwn ? ownPages : api;
    refuseTooMany(rate(`user ${context.user.id}`));
  } else if (isOwn) {
    // anybody can bring a cookie: without a session behind it, it is no page of ours
    refuseTooMany(api(address));
  }
  return context;
}

/** The token of `Authorization: Bearer …`; null where there is none. */
function bearerOf(headers: Headers): string | null {
  return /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

function refuseTooMany(seconds: number): void {
  if (seconds > 0) throw refusal(new AppError("api.too_many_requests", { seconds }));
}

/** `Retry-After`, where one of the errors says when. */
export function retryAfter(errors: readonly { cause?: unknown }[]): Record<string, string> {
  for (const { cause } of errors) {
    if (cause instanceof AppError && cause.code === "api.too_many_requests") {
      return { "retry-after": String(cause.meta.seconds) };
    }
  }
  return {};
}
