// The foundation of every procedure: context, the ladder public → user → superAdmin, and what becomes of errors.
import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { recordAudit } from "#server/audit/record.ts";
import type { AuditAction } from "#server/domain/audit-actions.ts";
import { AppError } from "#server/errors.ts";
import { nameRequest } from "#server/request-id.ts";
import type { Services } from "#server/services.ts";
import { problemOf, toTrpcError } from "#server/trpc/problem.ts";
import { unstorablePaths } from "#server/trpc/storable-input.ts";
import type { TokenScope } from "#server/users/api-tokens.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

export type Context = {
  services: Services;
  user: SignedInUser | null;
  /** of the cookie, whoever it belongs to; signing out needs it */
  sessionToken: string | null;
  /** what the API token that asks may do; null: a session asks, or nobody */
  scope: TokenScope | null;
  ip: string;
  userAgent: string | null;
  requestId: string;
};

export type UserContext = Context & { user: SignedInUser };

const t = initTRPC.context<Context>().create({
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter: ({ shape, error }) => {
    const problem = problemOf(error);
    return {
      code: shape.code,
      message: problem?.code ?? (problem ? "invalid_input" : error.code),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        problem,
      },
    };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** A surprise is logged here, once and with its stack; outside nobody sees more than that there was one. */
const errors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const error = toTrpcError(result.error);
  if (error.code === "INTERNAL_SERVER_ERROR" || error.code === "SERVICE_UNAVAILABLE") {
    const { log } = ctx.services;
    log.error(
      { err: result.error.cause ?? result.error, path, requestId: ctx.requestId },
      "procedure failed",
    );
  }
  throw error;
});

/** A character the database has no place for is a bad input, wherever in it, and no failure of ours. */
const storableInput = t.middleware(async ({ getRawInput, next }) => {
  const paths = unstorablePaths(await getRawInput());
  if (paths.length === 0) return next();
  const issues = paths.map((path) => ({
    code: "custom" as const,
    path,
    message: "invalid",
    input: undefined,
  }));
  throw new TRPCError({ code: "BAD_REQUEST", cause: new z.ZodRealError(issues) });
});

export const publicProcedure = t.procedure.use(errors).use(storableInput);

export const userProcedure = publicProcedure.use(({ ctx, type, next }) => {
  if (!ctx.user) throw new AppError("auth.required");
  if (ctx.scope === "read" && type === "mutation") throw new AppError("api.read_only");
  return next({ ctx: { ...ctx, user: ctx.user } });
});

/** What a token must not do, whoever's it is: accounts and what opens them are for people. */
export const personProcedure = userProcedure.use(({ ctx, next }) => {
  if (ctx.scope !== null) throw new AppError("api.session_required");
  return next();
});

export const superAdminProcedure = userProcedure.use(({ ctx, next }) => {
  if (ctx.user.role !== "super_admin") throw new AppError("auth.forbidden");
  return next();
});

/** A super admin in person. */
export const accountKeeperProcedure = personProcedure.use(({ ctx, next }) => {
  if (ctx.user.role !== "super_admin") throw new AppError("auth.forbidden");
  return next();
});

type Audited<Result> = {
  result: Result;
  subjectId: number | string | null;
  before?: unknown;
  after?: unknown;
  /** where only the command knows what it did (created or revived); null: nothing worth a line */
  action?: AuditAction | null;
};

/** Runs a command and writes its line in the audit log, both in one transaction; gives back the command's result. */
export async function audited<Result>(
  ctx: UserContext,
  action: AuditAction,
  command: (tx: Transaction) => Promise<Audited<Result>>,
): Promise<Result> {
  return ctx.services.db.transaction(async (tx) => {
    await nameRequest(tx, ctx.requestId);
    const { result, action: done = action, ...entry } = await command(tx);
    if (done) await recordAudit(tx, { ...entry, action: done, userId: ctx.user.id, ip: ctx.ip });
    return result;
  });
}
