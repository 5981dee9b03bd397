// The answers of the REST API, field by field, against what Twilio publishes: its OpenAPI description (twilio-oai, files
// twilio_api_v2010 and twilio_content_v2) and the pages named below. A field too many, one missing or one of another type
// is a failure. docs/Simulateur_Twilio.md says what is not there.
import { readdirSync, readFileSync } from "node:fs";
import twilio from "twilio";
import { expect, test } from "vitest";
import { z } from "zod";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { accountSid, ana, rejection, sandbox, sdk, simulate } from "./test-support.ts";

const sid = (prefix: string) => z.string().regex(new RegExp(`^(${prefix})[0-9a-f]{32}$`));
const rfc2822 = z.string().regex(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/);
const iso8601 = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const ownUri = z.string().startsWith(`/2010-04-01/Accounts/${accountSid}`);
const digits = z.string().regex(/^\d+$/);

const statuses = (
  "accepted scheduled canceled queued sending sent failed delivered undelivered receiving received read " +
  "partially_delivered"
).split(" ");

/** api.v2010.account.message */
const message = z.strictObject({
  account_sid: sid("AC"),
  api_version: z.literal("2010-04-01"),
  body: z.string(),
  date_created: rfc2822,
  date_sent: rfc2822.nullable(),
  date_updated: rfc2822,
  direction: z.enum(["inbound", "outbound-api", "outbound-call", "outbound-reply"]),
  error_code: z.number().int().nullable(),
  error_message: z.string().nullable(),
  from: z.string(),
  messaging_service_sid: sid("MG").nullable(),
  num_media: digits,
  num_segments: digits,
  price: z.string().nullable(),
  price_unit: z.string().nullable(),
  sid: sid("SM|MM"),
  status: z.enum(statuses),
  subresource_uris: z.strictObject({ media: ownUri }),
  to: z.string(),
  uri: ownUri,
});

/** The page of a list of the 2010 API. */
const page = {
  end: z.number().int(),
  first_page_uri: ownUri,
  next_page_uri: ownUri.nullable(),
  page: z.number().int(),
  page_size: z.number().int(),
  previous_page_uri: ownUri.nullable(),
  start: z.number().int(),
  uri: ownUri,
};

/** api.v2010.account */
const account = z.strictObject({
  auth_token: z.string(),
  date_created: rfc2822,
  date_updated: rfc2822,
  friendly_name: z.string(),
  owner_account_sid: sid("AC"),
  sid: sid("AC"),
  status: z.enum(["active", "suspended", "closed"]),
  subresource_uris: z.record(z.string(), ownUri),
  type: z.enum(["Trial", "Full"]),
  uri: ownUri,
});

/** api.v2010.account.message.media */
const media = z.strictObject({
  account_sid: sid("AC"),
  content_type: z.string(),
  date_created: rfc2822,
  date_updated: rfc2822,
  parent_sid: sid("SM|MM"),
  sid: sid("ME"),
  uri: ownUri,
});

const approval = z.strictObject({
  name: z.string(),
  category: z.string(),
  content_type: z.string(),
  status: z.string(),
  rejection_reason: z.string(),
  allow_category_change: z.boolean(),
  // changelog of 12 August 2024: null for all but twilio/flows
  flows: z.null(),
});

/** content.v2.content_and_approvals */
const contentAndApprovals = z.strictObject({
  contents: z.array(
    z.strictObject({
      account_sid: sid("AC"),
      approval_requests: approval,
      date_created: iso8601,
      date_updated: iso8601,
      friendly_name: z.string(),
      language: z.string(),
      sid: sid("HX"),
      types: z.record(z.string(), z.record(z.string(), z.unknown())),
      variables: z.record(z.string(), z.string()),
    }),
  ),
  meta: z.strictObject({
    first_page_url: z.url(),
    key: z.literal("contents"),
    next_page_url: z.url().nullable(),
    page: z.number().int(),
    page_size: z.number().int(),
    previous_page_url: z.url().nullable(),
    url: z.url(),
  }),
});

/** /docs/usage/twilios-response, "Exceptions" */
const refusal = z.strictObject({
  code: z.number().int(),
  message: z.string().min(1),
  more_info: z.string().startsWith("https://www.twilio.com/docs/errors/"),
  status: z.number().int(),
});

/** A simulator, the official SDK before it, and what travelled between them as it was on the wire. */
async function overTheWire(options: Parameters<typeof simulate>[0] = {}) {
  const { url, sim } = await simulate(options);
  const answers: { status: number; json: unknown }[] = [];
  const api = sdk(url);
  const httpClient = api.httpClient as InstanceType<typeof twilio.RequestClient>;
  const request = httpClient.request.bind(httpClient);
  httpClient.request = async (asked) => {
    const answer = await request(asked);
    const body: unknown = answer.body;
    answers.push({ status: answer.statusCode, json: typeof body === "string" ? JSON.parse(body) : body });
    return answer;
  };
  return { url, sim, api, answers, last: () => answers.at(-1) };
}

type Wire = Awaited<ReturnType<typeof overTheWire>>;

const template = { to: `whatsapp:${ana}`, from: sandbox, contentSid: DEFAULT_CONTENT_SID };

/** One call of each endpoint that server/twilio uses, under the name it has there. */
const endpoints: Record<string, { status: number; shape: z.ZodType; call(wire: Wire): Promise<unknown> }> = {
  "messages.create": { status: 201, shape: message, call: ({ api }) => api.messages.create(template) },
  "messages.fetch": {
    status: 200,
    shape: message,
    call: async ({ api }) => api.messages((await api.messages.create(template)).sid).fetch(),
  },
  "messages.list": {
    status: 200,
    shape: z.strictObject({ ...page, messages: z.array(message).min(2) }),
    call: async ({ api, sim }) => {
      await api.messages.create(template);
      await sim.join(ana);
      await sim.inbound({ phone: ana, text: "Oui" });
      return api.messages.list({ pageSize: 20, limit: 20 });
    },
  },
  "api.v2010.accounts.fetch": {
    status: 200,
    shape: account,
    call: ({ api }) => api.api.v2010.accounts(accountSid).fetch(),
  },
  "content.v2.contentAndApprovals.list": {
    status: 200,
    shape: contentAndApprovals,
    call: ({ api }) => api.content.v2.contentAndApprovals.list({ pageSize: 100 }),
  },
};

test.each(Object.entries(endpoints))(
  "%s answers with the fields and types of Twilio's description",
  async (_, { status, shape, call }) => {
    const wire = await overTheWire();
    await call(wire);
    expect(wire.last()?.status).toBe(status);
    expect(shape.safeParse(wire.last()?.json).error?.issues ?? []).toEqual([]);
  },
);

test("every endpoint that server/twilio calls is among them", () => {
  const folder = new URL("../../server/twilio/", import.meta.url);
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
  const calls = sources.flatMap((source) =>
    [...source.matchAll(/client\.([\w.]+?)(?:\([^()]*\))?\.(create|fetch|list|update|remove)\(/g)].map(
      ([, resource, verb]) => `${resource}.${verb}`,
    ),
  );
  expect([...new Set(calls)].sort()).toEqual(Object.keys(endpoints).sort());
});

test("a message has the same fields at each moment of its life, failed and inbound too", async () => {
  const wire = await overTheWire({ autoJoin: [ana] });
  const [kept, lost] = [
    await wire.api.messages.create(template),
    await wire.api.messages.create({ ...template, to: "whatsapp:+33687654321" }),
  ];
  await wire.sim.flush();
  const { sid: answer } = await wire.sim.inbound({ phone: ana, text: "Oui" });
  for (const each of [kept.sid, lost.sid, String(answer)]) {
    await wire.api.messages(each).fetch();
    expect(message.safeParse(wire.last()?.json).error?.issues ?? []).toEqual([]);
  }
  expect(await wire.api.messages(lost.sid).fetch()).toMatchObject({ status: "failed", errorCode: 63015 });
});

test.each([
  ["wrong credentials", 401, 20003, (wire: Wire) => sdk(wire.url, { token: "x" }).messages.create(template)],
  ["an unknown message", 404, 20404, (wire: Wire) => wire.api.messages(`SM${"0".repeat(32)}`).fetch()],
  [
    "another sender",
    400,
    63007,
    ({ api }: Wire) => api.messages.create({ ...template, from: "whatsapp:+15005550006" }),
  ],
  ["a bad number", 400, 21211, ({ api }: Wire) => api.messages.create({ ...template, to: "whatsapp:+33" })],
  [
    "an unknown template",
    400,
    21655,
    ({ api }: Wire) => api.messages.create({ ...template, contentSid: "HX0" }),
  ],
])(
  "%s is refused with code, message, more_info and status, and nothing else",
  async (_, status, code, call) => {
    const wire = await overTheWire();
    const failed = await rejection(call(wire));
    expect(failed).toBeInstanceOf(twilio.RestException);
    expect(failed).toMatchObject({ status, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
    if (status === 401) return;
    const { json } = wire.last() as { json: unknown };
    expect(refusal.safeParse(json).error?.issues ?? []).toEqual([]);
    expect(json).toMatchObject({ status, code });
  },
);

test.each([429, 500, 503])("a fault's %i has the body of a refusal of Twilio's", async (status) => {
  const wire = await overTheWire();
  await wire.sim.fault({ behaviour: { kind: "http-error", status } });
  await rejection(wire.api.messages.create(template));
  expect(wire.last()?.status).toBe(status);
  expect(refusal.safeParse(wire.last()?.json).error?.issues ?? []).toEqual([]);
});

test("a file a phone sent: its description, its list, and the bytes behind a redirect that wants the credentials", async () => {
  const { url, sim, api, last } = await overTheWire();
  await sim.join(ana);
  const data = Buffer.from("bytes of a picture").toString("base64");
  const { sid: parent } = await sim.inbound({ phone: ana, media: [{ contentType: "image/png", data }] });
  const [listed] = await api.messages(String(parent)).media.list();
  expect(
    z.strictObject({ ...page, media_list: z.array(media).length(1) }).safeParse(last()?.json).error,
  ).toBeUndefined();
  await api.messages(String(parent)).media(String(listed?.sid)).fetch();
  expect(media.safeParse(last()?.json).error).toBeUndefined();

  const address = `${url}${String(listed?.uri).replace(".json", "")}`;
  expect((await fetch(address, { redirect: "manual" })).status).toBe(401);
  const authorization = `Basic ${btoa(`${accountSid}:a-token-for-tests`)}`;
  const first = await fetch(address, { redirect: "manual", headers: { authorization } });
  expect(first.status).toBe(307);
  const file = await fetch(String(first.headers.get("location")));
  expect(file.headers.get("content-type")).toBe("image/png");
  expect(await file.text()).toBe("bytes of a picture");
});
