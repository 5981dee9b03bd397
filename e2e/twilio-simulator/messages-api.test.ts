import twilio from "twilio";
import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { accountSid, ana, bob, rejection, sandbox, sdk, simulate } from "./test-support.ts";

const to = `whatsapp:${ana}`;
const template = {
  to,
  from: sandbox,
  contentSid: DEFAULT_CONTENT_SID,
  contentVariables: JSON.stringify({ 1: "Relance", 2: "4821" }),
};

test("a created message comes back queued, with the template filled in and the fields of Twilio", async () => {
  const { api, sim } = await simulate();
  const message = await api.messages.create(template);
  expect(message).toMatchObject({
    status: "queued",
    body: "Your Relance code is 4821",
    direction: "outbound-api",
    to,
    from: sandbox,
    accountSid,
    apiVersion: "2010-04-01",
    errorCode: null,
    errorMessage: null,
    dateSent: null,
    numMedia: "0",
    numSegments: "1",
    price: null,
  });
  expect(message.sid).toMatch(/^MM[0-9a-f]{32}$/);
  expect(Math.abs(message.dateCreated.getTime() - (await sim.clock()).now)).toBeLessThan(2000);
  expect(message.uri).toBe(`/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`);
});

test("dates are in RFC 2822, as the raw answer shows", async () => {
  const { url, api } = await simulate();
  const { sid } = await api.messages.create({ to, from: sandbox, body: "Bonjour" });
  expect(sid).toMatch(/^SM/);
  const response = await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Messages/${sid}.json`, {
    headers: { authorization: `Basic ${Buffer.from(`${accountSid}:a-token-for-tests`).toString("base64")}` },
  });
  const json = (await response.json()) as { date_created: string };
  expect(json.date_created).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/);
});

test("wrong credentials are refused with 401 and 20003, before anything else is looked at", async () => {
  const { url, sim } = await simulate();
  const error = await rejection(sdk(url, { token: "another" }).messages.create({ to: "nonsense" }));
  expect(error).toBeInstanceOf(twilio.RestException);
  expect(error).toMatchObject({
    status: 401,
    code: 20003,
    moreInfo: "https://www.twilio.com/docs/errors/20003",
  });
  expect(await sim.requests()).toMatchObject([{ result: 401, errorCode: 20003 }]);
});

test.each([
  ["a bad number", { to: "whatsapp:+33" }, 400, 21211],
  ["a To that is no number", { to: "whatsapp:Ana" }, 400, 21211],
  ["a To without its channel", { to: ana }, 400, 21910],
  ["another From", { from: "whatsapp:+15005550006" }, 400, 63007],
  ["no From", { from: undefined }, 400, 21603],
  ["sending to the sender", { to: sandbox }, 400, 63031],
  ["no text at all", { contentSid: undefined, contentVariables: undefined }, 400, 21619],
  ["a long text", { contentSid: undefined, contentVariables: undefined, body: "x".repeat(1601) }, 400, 21617],
  ["variables without a template", { contentSid: undefined }, 400, 21654],
  ["an unknown template", { contentSid: `HX${"0".repeat(32)}` }, 400, 21655],
  ["a template that is no SID", { contentSid: "my_template" }, 400, 21655],
  ["variables that are no JSON", { contentVariables: "{1: x}" }, 400, 21656],
  ["variables in a list", { contentVariables: '["a","b"]' }, 400, 21656],
  ["an empty variable", { contentVariables: '{"1":"a","2":""}' }, 400, 21656],
  ["a null variable", { contentVariables: '{"1":"a","2":null}' }, 400, 21656],
  ["a callback address with an underscore", { statusCallback: "https://my_host.example/x" }, 400, 21609],
  ["a callback address that is none", { statusCallback: "status" }, 400, 21609],
])("%s is refused at once and creates nothing", async (_, change, status, code) => {
  const { api, sim } = await simulate();
  const error = await rejection(api.messages.create({ ...template, ...change }));
  expect(error).toMatchObject({ status, code, moreInfo: `https://www.twilio.com/docs/errors/${code}` });
  expect(error.message).not.toBe("Unknown error");
  expect(await sim.messages()).toEqual([]);
});

test("a variable left out takes its sample value, as at Twilio", async () => {
  const { api } = await simulate();
  const message = await api.messages.create({ ...template, contentVariables: '{"2":"77"}' });
  expect(message.body).toBe("Your Twilio code is 77");
});

test("a message can be fetched; an unknown one, and another account, are not found", async () => {
  const { api } = await simulate();
  const { sid } = await api.messages.create(template);
  expect((await api.messages(sid).fetch()).body).toBe("Your Relance code is 4821");
  expect(await rejection(api.messages(`SM${"0".repeat(32)}`).fetch())).toMatchObject({
    status: 404,
    code: 20404,
  });
  const other = api.api.v2010.accounts(`AC${"9".repeat(32)}`).messages.create(template);
  expect(await rejection(other)).toMatchObject({ status: 404, code: 20404 });
});

test("the list filters by To and From and comes newest first", async () => {
  const { api, sim } = await simulate();
  await sim.join(ana);
  const first = await api.messages.create(template);
  await api.messages.create({ ...template, to: `whatsapp:${bob}` });
  const second = await api.messages.create(template);
  const answer = await sim.inbound({ phone: ana, text: "Oui" });

  const sids = async (filter: { to?: string; from?: string }) =>
    (await api.messages.list(filter)).map((message) => message.sid);
  expect(await sids({ to, from: sandbox })).toEqual([second.sid, first.sid]);
  expect(await sids({ to: sandbox })).toEqual([answer.sid]);
  expect(await sids({ from: to })).toEqual([answer.sid]);
  expect(await sids({ to: "whatsapp:+33600000000" })).toEqual([]);
  expect(await sids({})).toHaveLength(4);
});

test("the SDK walks the pages of a list without missing or repeating a message that arrives meanwhile", async () => {
  const { api } = await simulate();
  const created: string[] = [];
  for (let n = 0; n < 7; n++) created.unshift((await api.messages.create(template)).sid);
  const listed = (await api.messages.list({ to, pageSize: 3 })).map((message) => message.sid);
  expect(listed).toEqual(created);

  const firstPage = await api.messages.page({ to, pageSize: 3 });
  await api.messages.create(template);
  const secondPage = await firstPage.nextPage();
  expect([...firstPage.instances, ...(secondPage?.instances ?? [])].map(({ sid }) => sid)).toEqual(
    created.slice(0, 6),
  );
});

test("DateSent filters by day and by the second, and leaves out what was not sent yet", async () => {
  const { api, sim } = await simulate({ autoJoin: "all" });
  const early = await api.messages.create(template);
  await sim.flush();
  await sim.advance(24 * 3_600_000);
  const late = await api.messages.create(template);
  await sim.flush();
  const sentAt = (await api.messages(late.sid).fetch()).dateSent;
  await sim.settings({ autoProgress: false });
  await api.messages.create(template);

  const sids = async (filter: { dateSent?: Date; dateSentAfter?: Date; dateSentBefore?: Date }) =>
    (await api.messages.list({ to, ...filter })).map((message) => message.sid);
  expect(await sids({ dateSent: sentAt })).toEqual([late.sid]);
  expect(await sids({ dateSentAfter: sentAt })).toEqual([late.sid]);
  expect(await sids({ dateSentBefore: new Date(sentAt.getTime() - 1000) })).toEqual([early.sid]);
  expect(await sids({ dateSentBefore: sentAt })).toEqual([late.sid, early.sid]);
});

test("the account can be fetched, as a full or a trial one", async () => {
  const { api, sim } = await simulate();
  const fetched = await api.api.v2010.accounts(accountSid).fetch();
  expect(fetched).toMatchObject({ sid: accountSid, type: "Full", status: "active" });
  await sim.settings({ accountType: "Trial" });
  expect((await api.api.v2010.accounts(accountSid).fetch()).type).toBe("Trial");
});

test("a path that does not exist is 404 and 20404, a method that does not 405", async () => {
  const { api } = await simulate();
  expect(await rejection(api.calls.list())).toMatchObject({ status: 404, code: 20404 });
  expect(await rejection(api.messages(`SM${"0".repeat(32)}`).remove())).toMatchObject({
    status: 405,
    code: 20004,
  });
});
