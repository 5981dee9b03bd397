// Twilio's REST API on one origin: routes, credentials, faults. Paths are those of api.twilio.com and content.twilio.com.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { fetchApproval, fetchContent, listContents, listContentsAndApprovals } from "./content-api.ts";
import { codeForStatus, type TwilioErrorBody, twilioError } from "./errors.ts";
import type { AnswerFault, RequestKind } from "./faults.ts";
import { type ApiAnswer, type ApiHandler, type ApiRequest, sendHtmlError, sendJson } from "./http.ts";
import { redirectToMedia } from "./media-api.ts";
import { createMessage, fetchMessage, listMessages } from "./messages-api.ts";
import { accountResource } from "./serialize.ts";
import type { Simulator } from "./simulator.ts";
import type { RequestLog } from "./state/types.ts";

type Route = { method: "GET" | "POST"; path: RegExp; kind: RequestKind; handle: ApiHandler };

const fetchAccount: ApiHandler = (simulator) => ({
  status: 200,
  json: accountResource(simulator.settings()),
});

const account = "/2010-04-01/Accounts/(?<account>AC[0-9a-fA-F]{32})";
const sid = "(?<sid>[A-Z]{2}[0-9a-fA-F]{32})";
const routes: Route[] = [
  { method: "POST", path: exactly(`${account}/Messages\\.json`), kind: "create", handle: createMessage },
  { method: "GET", path: exactly(`${account}/Messages\\.json`), kind: "list", handle: listMessages },
  { method: "GET", path: exactly(`${account}/Messages/${sid}\\.json`), kind: "fetch", handle: fetchMessage },
  { method: "GET", path: exactly(`${account}\\.json`), kind: "account", handle: fetchAccount },
  { method: "GET", path: exactly("/v[12]/Content"), kind: "content", handle: listContents },
  { method: "GET", path: exactly(`/v[12]/Content/${sid}`), kind: "content", handle: fetchContent },
  {
    method: "GET",
    path: exactly(`/v1/Content/${sid}/ApprovalRequests`),
    kind: "content",
    handle: fetchApproval,
  },
  {
    method: "GET",
    path: exactly("/v[12]/ContentAndApprovals"),
    kind: "content",
    handle: listContentsAndApprovals,
  },
];

function exactly(path: string): RegExp {
  return new RegExp(`^${path}$`);
}

/** Answers one request of Twilio's API, or misbehaves as the faults want; keeps a record of it either way. */
export async function answerApi(
  simulator: Simulator,
  request: ApiRequest,
  { incoming, response }: { incoming: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const log: RequestLog = {
    at: simulator.clock.now(),
    method: request.method,
    path: request.path,
    query: Object.fromEntries(request.query),
    form: formObject(request.form),
    result: 0,
    errorCode: null,
    messageSid: null,
    faults: [],
  };
  simulator.store.logRequest(log);
  const refuse = (code: number, more: Partial<TwilioErrorBody> = {}) => {
    const body = { ...twilioError(code), ...more };
    log.result = body.status;
    log.errorCode = code;
    sendJson(response, body.status, body);
  };

  if (!isAuthentic(simulator, incoming.headers.authorization))
    return refuse(20003, { detail: "Your AccountSid or AuthToken was incorrect." });
  if (request.method === "GET" && redirectToMedia(response, request)) {
    log.result = 307;
    return;
  }
  const candidates = routes.filter((route) => route.path.test(request.path));
  const route = candidates.find((candidate) => candidate.method === request.method);
  const match = route?.path.exec(request.path);
  const foreign =
    match?.groups?.account !== undefined && match.groups.account !== simulator.settings().accountSid;
  if (!route && candidates.length > 0) return refuse(20004);
  if (!route || foreign)
    return refuse(20404, { message: `The requested resource ${request.path} was not found` });

  const misfortune = simulator.faults.strike({
    kind: route.kind,
    to: request.form.get("To") ?? request.query.get("To"),
  });
  log.faults = misfortune.faultIds;
  const fault = misfortune.answer;
  const answer =
    fault === null || fault.accepted
      ? route.handle(simulator, { ...request, sid: match?.groups?.sid ?? "" }, misfortune)
      : null;
  log.messageSid = answer?.messageSid ?? null;
  if (misfortune.slowMs > 0) await delay(misfortune.slowMs, undefined, { ref: false });
  if (fault) log.result = misbehave(fault, { incoming, response });
  else if (answer) send(response, answer, log);
}

function send(response: ServerResponse, answer: ApiAnswer, log: RequestLog) {
  log.result = answer.status;
  if (answer.status >= 400) log.errorCode = (answer.json as TwilioErrorBody).code;
  sendJson(response, answer.status, answer.json);
}

function misbehave(
  fault: AnswerFault,
  { incoming, response }: { incoming: IncomingMessage; response: ServerResponse },
): RequestLog["result"] {
  if (fault.kind === "no-answer") return "no-answer";
  if (fault.kind === "cut") {
    incoming.socket.destroy();
    return "cut";
  }
  if (fault.html) sendHtmlError(response, fault.status);
  else
    sendJson(
      response,
      fault.status,
      twilioError(fault.code ?? codeForStatus(fault.status), {
        status: fault.status,
        message: fault.message,
      }),
    );
  return fault.status;
}

/** HTTP Basic, the account's SID and token. */
function isAuthentic(simulator: Simulator, authorization: string | undefined): boolean {
  const { accountSid, authToken } = simulator.settings();
  return authorization === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
}

function formObject(form: URLSearchParams): RequestLog["form"] {
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length > 1 ? values : (values[0] as string)];
    }),
  );
}
