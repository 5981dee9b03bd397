import { expect, test } from "vitest";
import { DEFAULT_CONTENT_SID } from "./contents.ts";
import { accountSid, rejection, simulate } from "./test-support.ts";

const sandboxSid = "HXb5b62575e6e4ff6129ad7c8efe1f983e";

test("v1 lists the account's templates with their bodies, not the sandbox's own", async () => {
  const { api } = await simulate();
  const contents = await api.content.v1.contents.list();
  const byDefault = contents.find(({ sid }) => sid === DEFAULT_CONTENT_SID);
  expect(byDefault).toMatchObject({
    accountSid,
    friendlyName: "your_code",
    language: "en",
    types: { "twilio/text": { body: "Your {{1}} code is {{2}}" } },
    variables: { "1": "Twilio", "2": "1238432" },
  });
  expect(contents.map(({ sid }) => sid)).not.toContain(sandboxSid);
});

test("v1 fetches a template and its approval; one of another account is not found", async () => {
  const { api } = await simulate();
  const content = await api.content.v1.contents(DEFAULT_CONTENT_SID).fetch();
  expect(content.friendlyName).toBe("your_code");
  const approval = await api.content.v1.contents(DEFAULT_CONTENT_SID).approvalFetch().fetch();
  expect(approval.whatsapp).toMatchObject({ status: "approved", name: "your_code" });
  expect(await rejection(api.content.v1.contents(sandboxSid).fetch())).toMatchObject({
    status: 404,
    code: 20404,
  });
});

test("approvals come with the lists of v1 and v2", async () => {
  const { api } = await simulate();
  const v1 = await api.content.v1.contentAndApprovals.list();
  const v2 = await api.content.v2.contentAndApprovals.list();
  expect(v1.map(({ sid }) => sid)).toEqual(v2.map(({ sid }) => sid));
  expect(v2.find(({ friendlyName }) => friendlyName === "offre_printemps")?.approvalRequests).toMatchObject({
    status: "pending",
    category: "MARKETING",
  });
});

test("the SDK follows the pages of both versions to the end", async () => {
  const { api, sim } = await simulate();
  for (let n = 0; n < 5; n++)
    await sim.putContent({
      sid: `HX${String(n).repeat(32)}`,
      friendlyName: `template_${n}`,
      types: { "twilio/text": { body: "Bonjour {{1}}" } },
    });
  const all = (await sim.contents()).filter(({ owner }) => owner === "account").map(({ sid }) => sid);
  const lists = [
    await api.content.v1.contents.list({ pageSize: 2 }),
    await api.content.v2.contents.list({ pageSize: 2 }),
    await api.content.v1.contentAndApprovals.list({ pageSize: 2 }),
    await api.content.v2.contentAndApprovals.list({ pageSize: 2 }),
  ];
  for (const list of lists) expect(list.map(({ sid }) => sid)).toEqual(all);
  const paths = (await sim.requests()).map(({ path }) => path);
  expect(paths.filter((path) => path === "/v2/Content").length).toBe(Math.ceil(all.length / 2));
});

test("v2 filters by language and approval", async () => {
  const { api } = await simulate();
  const french = await api.content.v2.contents.list({ language: ["fr"] });
  expect(french.length).toBeGreaterThan(0);
  expect(french.every(({ language }) => language === "fr")).toBe(true);
  const approved = await api.content.v2.contentAndApprovals.list({
    channelEligibility: ["whatsapp:approved"],
  });
  expect(approved.map(({ friendlyName }) => friendlyName)).not.toContain("offre_printemps");
});

test("a template removed at Twilio is gone from the lists and refused when sent", async () => {
  const { api, sim } = await simulate();
  await sim.removeContent(DEFAULT_CONTENT_SID);
  expect((await api.content.v2.contents.list()).map(({ sid }) => sid)).not.toContain(DEFAULT_CONTENT_SID);
  const sending = api.messages.create({
    to: "whatsapp:+33612345678",
    from: "whatsapp:+14155238886",
    contentSid: DEFAULT_CONTENT_SID,
  });
  expect(await rejection(sending)).toMatchObject({ code: 21655 });
});
