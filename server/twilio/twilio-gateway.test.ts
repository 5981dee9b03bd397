// The gateway over HTTP: the official SDK against the simulator, and against servers that misbehave on the wire.
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { simulatorClient } from "#e2e/twilio-simulator/client.ts";
import { DEFAULT_CONTENT_SID } from "#e2e/twilio-simulator/contents.ts";
import { startSimulator } from "#e2e/twilio-simulator/server.ts";
import { makeEnv, testVariables } from "#server/testing/factories.ts";
import { GatewayError, type SendRequest } from "#server/twilio/gateway.ts";
import { signWebhook } from "#server/twilio/sign-webhook.ts";
import { createTwilioGateway } from "#server/twilio/twilio-gateway.ts";
import { verifyWebhook } from "#server/twilio/verify-webhook.ts";
import { readHit } from "#server/twilio/webhook-inputs.ts";

const request: SendRequest = {
  to: "whatsapp:+33639980001",
  from: "whatsapp:+14155238886",
  attemptId: "7c1e8b2a-0000-4000-8000-000000000001",
  content: "Your Relance code is 1234",
  contentSid: DEFAULT_CONTENT_SID,
  contentVariables: { 1: "Relance", 2: "1234" },
};

function gatewayAt(origin: string, patch: Record<string, string> = {}) {
  const env = makeEnv({ TWILIO_API_BASE_URL: origin, ...patch });
  return createTwilioGateway({ ...env, twilioTimeoutMs: 300 });
}

async function simulate() {
  const simulator = await startSimulator({ minIntervalMs: 0, autoJoin: "all", autoProgress: false });
  onTestFinished(simulator.close);
  return { url: simulator.url, twilio: simulatorClient(simulator.url), gateway: gatewayAt(simulator.url) };
}

async function listening(server: net.Server): Promise<string> {
  const sockets = new Set<net.Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A Twilio that answers every request alike, and what it was asked. */
async function answering(status: number, body: string, headers: http.OutgoingHttpHeaders = {}) {
  const asked: { path: string; form: URLSearchParams; headers: http.IncomingHttpHeaders }[] = [];
  const server = http.createServer((incoming, response) => {
    let text = "";
    incoming.on("data", (chunk) => {
      text += chunk;
    });
    incoming.on("end", () => {
      asked.push({ path: String(incoming.url), form: new URLSearchParams(text), headers: incoming.headers });
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    });
  });
  return { url: await listening(server), asked };
}

const token = testVariables.TWILIO_AUTH_TOKEN;
const basic = Buffer.from(`${testVariables.TWILIO_ACCOUNT_SID}:${token}`).toString("base64");

/** Whatever a failure carries, the token is not in it, in clear or as Basic authentication writes it. */
function expectNoCredential(result: unknown) {
  const shown = `${JSON.stringify(result)} ${result instanceof Error ? `${result.stack} ${JSON.stringify(result.cause)}` : ""}`;
  expect(shown).not.toContain(token);
  expect(shown).not.toContain(basic);
  expect(shown).not.toMatch(/authorization/i);
}

test("[EX-8.1] all that the previous service was for is done here: text, template, templates, account, news, signatures", async () => {
  const { gateway, twilio, url } = await simulate();
  const phone = request.to.replace("whatsapp:", "");
  await twilio.inbound({ phone, text: "Bonjour" });
  const text = { ...request, contentSid: null, contentVariables: null, content: "Merci !" };
  const sids = [await gateway.send(text), await gateway.send(request)].map((result) =>
    result.kind === "accepted" ? result.sid : JSON.stringify(result),
  );
  expect((await twilio.messages({ direction: "outbound-api" })).map(({ sid, body }) => [sid, body])).toEqual([
    [sids[0], "Merci !"],
    [sids[1], "Your Relance code is 1234"],
  ]);
  expect(await gateway.fetchMessage(sids[0] ?? "")).toMatchObject({ to: request.to, body: "Merci !" });
  expect((await gateway.listTemplates()).map(({ sid }) => sid)).toContain(DEFAULT_CONTENT_SID);
  expect(await gateway.fetchAccount()).toMatchObject({ status: "active" });
  const env = makeEnv({ TWILIO_API_BASE_URL: url });
  const rawUrl = "/api/webhooks/twilio";
  const fields = { AccountSid: env.twilioAccountSid, MessageSid: sids[0] ?? "", MessageStatus: "delivered" };
  const { headers, body } = signWebhook(token, env.webhookBaseUrl + rawUrl, fields);
  const signature = headers["x-twilio-signature"] ?? null;
  const verification = verifyWebhook(env, { rawUrl, body, signature });
  expect(verification.ok && readHit(verification.params)).toMatchObject({ kind: "status", sid: sids[0] });
});

test("[EX-2.4] [EX-3.5] an accepted template gives Twilio's SID", async () => {
  const { gateway, twilio } = await simulate();
  const result = await gateway.send(request);
  const [message] = await twilio.messages();
  expect(result).toEqual({ kind: "accepted", sid: message?.sid, httpStatus: 201 });
  expect(message?.body).toBe("Your Relance code is 1234");
});

test("[EX-12.2] [EX-2.2] [EX-2.3] [EX-3.1] [EX-3.2] a template goes by its SID with its variables as JSON, never as text", async () => {
  const { url, asked } = await answering(201, JSON.stringify({ sid: "SM1" }));
  await gatewayAt(url).send(request);
  expect(asked.map(({ path }) => path)).toEqual([
    `/2010-04-01/Accounts/${testVariables.TWILIO_ACCOUNT_SID}/Messages.json`,
  ]);
  expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
    To: "whatsapp:+33639980001",
    From: "whatsapp:+14155238886",
    ContentSid: DEFAULT_CONTENT_SID,
    ContentVariables: '{"1":"Relance","2":"1234"}',
    StatusCallback: `https://relance.example.org/api/webhooks/twilio?attempt=${request.attemptId}#rc=5&rp=all`,
  });
});

test("[EX-12.2] an answer in the window goes as text, to the last character", async () => {
  const { url, asked } = await answering(201, JSON.stringify({ sid: "SM1" }));
  const content = `Merci & à bientôt ! 🙏\n${"é".repeat(1500)}`;
  await gatewayAt(url).send({ ...request, contentSid: null, contentVariables: null, content });
  expect(asked[0]?.form.get("Body")).toBe(content);
  expect(asked[0]?.form.has("ContentSid")).toBe(false);
});

test("[EX-2.1] [EX-1.4] the official SDK asks, with the credentials of the environment", async () => {
  const { url, asked } = await answering(201, JSON.stringify({ sid: "SM1" }));
  await gatewayAt(url).send(request);
  expect(asked[0]?.headers["user-agent"]).toMatch(/^twilio-node\//);
  expect(asked[0]?.headers.authorization).toBe(`Basic ${basic}`);
});

test("[EX-12.1] right credentials find the account, wrong ones are told by 20003", async () => {
  const { gateway, url } = await simulate();
  expect(await gateway.fetchAccount()).toMatchObject({ type: "Full", status: "active" });
  const wrong = gatewayAt(url, { TWILIO_AUTH_TOKEN: "a-wrong-token" });
  const error = await wrong.fetchAccount().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({ httpStatus: 401, code: 20003 });
  expect(await wrong.send(request)).toMatchObject({ kind: "refused", httpStatus: 401, code: 20003 });
});

test.each([
  [400, { code: 21211, message: "Invalid 'To' Phone Number" }, 21211],
  [401, { code: 20003, message: "Authenticate" }, 20003],
  [403, {}, 20003],
  [404, {}, 20404],
  [429, { code: 20429, message: "Too Many Requests" }, 20429],
  [429, {}, 20429],
  [400, {}, null],
] as const)("[EX-2.5] %i %j is a refusal: nothing was sent", async (httpStatus, body, code) => {
  const { url, asked } = await answering(httpStatus, JSON.stringify(body));
  const result = await gatewayAt(url).send(request);
  expect(result).toMatchObject({ kind: "refused", httpStatus, code });
  if ("message" in body) expect(result).toMatchObject({ message: body.message });
  expect(asked).toHaveLength(1);
  expectNoCredential(result);
});

test("a 429 that is no JSON is a refusal that may be tried again", async () => {
  const { url } = await answering(429, "<html>slow down</html>", { "content-type": "text/html" });
  expect(await gatewayAt(url).send(request)).toMatchObject({ kind: "refused", httpStatus: 429, code: 20429 });
});

test.each([
  [500, JSON.stringify({ code: 20500, message: "Internal" }), "application/json"],
  [502, "<html><h1>Bad Gateway</h1></html>", "text/html"],
  [503, "", "text/plain"],
  [504, "{", "application/json"],
  [408, "{}", "application/json"],
] as const)(
  "after %i nobody knows whether it was sent, and nobody asks twice",
  async (httpStatus, body, type) => {
    const { url, asked } = await answering(httpStatus, body, { "content-type": type });
    const result = await gatewayAt(url).send(request);
    expect(result).toMatchObject({ kind: "unknown", httpStatus });
    expect(asked).toHaveLength(1);
    expectNoCredential(result);
  },
);

test.each([
  ["no JSON", "<html>ok</html>"],
  ["JSON without a SID", "{}"],
  ["nothing", ""],
] as const)("a 201 with %s is no acceptance we could prove", async (_, body) => {
  const { url } = await answering(201, body);
  const result = await gatewayAt(url).send(request);
  expect(result.kind).toBe("unknown");
  expectNoCredential(result);
});

test("a refused connection means that nothing was sent", async () => {
  const server = net.createServer();
  const url = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  const result = await gatewayAt(url).send(request);
  expect(result).toEqual({ kind: "unreachable", message: "ECONNREFUSED" });
  server.listen(0);
});

test("a name that does not exist means that nothing was sent", async () => {
  const result = await gatewayAt("http://api.twilio.invalid").send(request);
  expect(result).toMatchObject({
    kind: "unreachable",
    message: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
  });
});

test.each([
  ["reset", (socket: net.Socket) => socket.resetAndDestroy()],
  ["closed", (socket: net.Socket) => socket.end()],
  ["answered with what is no HTTP", (socket: net.Socket) => socket.end("hello\r\n\r\n")],
  [
    "cut in the middle of the answer",
    (socket: net.Socket) => socket.end("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"),
  ],
] as const)("a connection %s after the request leaves it unknown", async (_, end) => {
  const url = await listening(net.createServer((socket) => socket.once("data", () => end(socket))));
  const result = await gatewayAt(url).send(request);
  expect(result).toMatchObject({ kind: "unknown", httpStatus: null });
  expectNoCredential(result);
});

test("silence leaves it unknown after our own time limit", async () => {
  const url = await listening(net.createServer(() => {}));
  const since = performance.now();
  const result = await gatewayAt(url).send(request);
  expect(performance.now() - since).toBeLessThan(3000);
  expect(result).toEqual({ kind: "unknown", httpStatus: null, message: "ECONNABORTED" });
});

test("a question Twilio cannot answer is a GatewayError without a credential", async () => {
  const html = await answering(503, "<html></html>", { "content-type": "text/html" });
  const reset = await listening(
    net.createServer((socket) => socket.once("data", () => socket.resetAndDestroy())),
  );
  for (const url of [html.url, reset]) {
    const gateway = gatewayAt(url);
    const questions = [
      gateway.fetchAccount(),
      gateway.fetchMessage("SM1"),
      gateway.listTemplates(),
      gateway.findSent({ to: request.to, from: request.from, since: new Date(0) }),
      gateway.findReceived({ to: request.from, since: new Date(0) }),
    ];
    for (const question of questions) {
      const error = await question.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(GatewayError);
      expectNoCredential(error);
    }
  }
});

test("what was sent is found by recipient and time, what was received by our number", async () => {
  const { gateway, twilio } = await simulate();
  const since = new Date(Date.now() - 60_000);
  await gateway.send(request);
  await gateway.send({ ...request, to: "whatsapp:+33639980002" });
  await twilio.join("+33639980001");
  await twilio.inbound({ phone: "+33639980001", text: "Bonjour" });
  const sent = await gateway.findSent({ to: request.to, from: request.from, since });
  expect(sent.map(({ to, direction }) => [to, direction])).toEqual([[request.to, "outbound-api"]]);
  const received = await gateway.findReceived({ to: request.from, since });
  expect(received.map(({ from, body }) => [from, body])).toEqual([[request.to, "Bonjour"]]);
  const later = new Date(Date.now() + 60_000);
  expect(await gateway.findSent({ to: request.to, from: request.from, since: later })).toEqual([]);
});

test("a message is fetched by its SID, and null when there is none", async () => {
  const { gateway } = await simulate();
  const result = await gateway.send(request);
  const sid = result.kind === "accepted" ? result.sid : "";
  expect(await gateway.fetchMessage(sid)).toMatchObject({ sid, to: request.to, errorCode: null });
  expect(await gateway.fetchMessage(`SM${"f".repeat(32)}`)).toBeNull();
});
