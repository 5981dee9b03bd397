// What every action of the dashboard does with a form: do what it asks, then show the next page, or the form with what
// is wrong in it.
import { data, redirect } from "@remix-run/node";
import { formProblem, unavailableProblem } from "#app/lib/form-problem.ts";
import { type FormReader, readForm } from "#app/lib/form-reader.ts";
import { localPath } from "#app/lib/local-path.ts";
import { paths } from "#app/lib/paths.ts";
import { toastHeader } from "#app/lib/preferences.server.ts";
import { challengeHeader, sessionHeader, signInChallenge } from "#app/lib/session.server.ts";
import { actionCaller, type Caller, type RouteArgs, requireUser } from "#app/lib/trpc.server.ts";
import { readUpload, type UploadedFile } from "#app/lib/upload.server.ts";
import { AppError } from "#server/errors.ts";
import { problemOf } from "#server/trpc/problem.ts";

/** Where to go once it is done, and what to say there. */
type Done = { to: string; toast?: string };

/** To be shown where the form was, once, and to stand in no address and no cookie. */
type Shown<Answer> = { show: Answer };

/** By the name a form gives. */
export type Intents<Answer> = Record<
  string,
  (caller: Caller, form: FormReader) => Promise<Done | Shown<Answer>>
>;

/**
 * Does what the field `intent` of the posted form names, and redirects. What the user can mend is answered with status
 * 422 as a `FormProblem`, and what failed for want of a database with 503, so that the form can be sent again; a form that names nothing we know gets the page of a bad request.
 */
export async function formAction<Answer = never>(args: RouteArgs, intents: Intents<Answer>) {
  const form = await postedForm(args.request);
  const intent = Object.hasOwn(intents, form.text("intent")) ? intents[form.text("intent")] : undefined;
  if (!intent) throw badRequest();
  return answer(form, async () => done(await intent(await actionCaller(args), form)));
}

/**
 * As `formAction`, for a form with a file in its field `file`, of which no more than `limit` bytes are held. A file that
 * is longer is answered with status 413. Nothing is read of somebody who is not signed in.
 */
export async function uploadAction(
  args: RouteArgs,
  limit: number,
  work: (caller: Caller, upload: { file: UploadedFile | null; form: FormReader }) => Promise<Done>,
) {
  await requireUser(args);
  const { file, fields, tooBig } = await readUpload(args.request, limit);
  const form = readForm(fields);
  return answer(form, async () => {
    if (tooBig) throw new AppError("import.too_big", { maxMegabytes: limit / 1024 / 1024 });
    return done(await work(await actionCaller(args), { file, form }));
  });
}

/**
 * Opens a session and leads to the page that was asked for before it, by default to the dashboard; or to the page that asks
 * for a code, where the account has a second factor.
 */
export async function signInAction(args: RouteArgs) {
  const { env } = args.context.services;
  const form = await postedForm(args.request);
  return answer(form, async () => {
    const signIn = (await actionCaller(args)).auth.signIn;
    const outcome = await signIn({ email: form.text("email"), password: form.text("password") });
    if (outcome.kind === "signed_in") return signedIn(args, outcome.token);
    const headers = { "set-cookie": await challengeHeader(outcome.challenge, env) };
    return redirect(paths.signInCode(nextPage(args.request)), { headers });
  });
}

/** The second step of it. */
export async function signInCodeAction(args: RouteArgs) {
  const form = await postedForm(args.request);
  const challenge = (await signInChallenge(args.request)) ?? "";
  return answer(form, async () => {
    const { signInWithCode } = (await actionCaller(args)).auth;
    return signedIn(args, (await signInWithCode({ challenge, code: form.text("code") })).token);
  });
}

async function signedIn(args: RouteArgs, token: string): Promise<Response> {
  const { env } = args.context.services;
  const headers = new Headers();
  headers.append("set-cookie", await sessionHeader(token, env));
  headers.append("set-cookie", await challengeHeader(null, env));
  return redirect(nextPage(args.request) ?? paths.dashboard(), { headers });
}

function nextPage(request: Request): string | null {
  return localPath(new URL(request.url).searchParams.get("suite"));
}

/** The page a form was sent from, for actions that belong to no page. */
export function pageBefore(request: Request): string {
  const referrer = request.headers.get("referer");
  const page = referrer && URL.canParse(referrer) ? new URL(referrer) : null;
  return localPath(page && page.pathname + page.search) ?? paths.dashboard();
}

async function done<Answer>(outcome: Done | Shown<Answer>): Promise<Response | Answer> {
  if ("show" in outcome) return outcome.show;
  const { to, toast } = outcome;
  return redirect(
    to,
    toast ? { headers: { "set-cookie": await toastHeader({ kind: "success", text: toast }) } } : {},
  );
}

async function answer<Answer>(form: FormReader, work: () => Promise<Response | Answer>) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response && error.status === 503) {
      return data(unavailableProblem(form.data), { status: 503 });
    }
    const problem = problemOf(error);
    if (!problem) throw error;
    return data(formProblem(problem, form.data), { status: problem.code === "import.too_big" ? 413 : 422 });
  }
}

async function postedForm(request: Request): Promise<FormReader> {
  try {
    return readForm(await request.formData());
  } catch {
    throw badRequest();
  }
}

function badRequest(): Response {
  return new Response(null, { status: 400 });
}
