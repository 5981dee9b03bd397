import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeEach, expect, test } from "vitest";
import { fetchMedia } from "#server/twilio/fetch-media.ts";

const twilioAccountSid = `AC${"0".repeat(32)}`;
const path = `/2010-04-01/Accounts/${twilioAccountSid}/Messages/MM1/Media/ME1`;

type Asked = { url: string; authorization: string | undefined };
let asked: Asked[] = [];
let answer: http.RequestListener = () => {};
const listen: http.RequestListener = (request, response) => {
  asked.push({ url: String(request.url), authorization: request.headers.authorization });
  answer(request, response);
};
const [twilio, elsewhere] = [await serve(), await serve()];
afterAll(() => {
  twilio.server.close();
  elsewhere.server.close();
});
beforeEach(() => {
  asked = [];
});

async function serve() {
  const server = http.createServer(listen);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const settings = {
  twilioAccountSid,
  twilioAuthToken: "secret",
  twilioApiBaseUrl: twilio.url,
  twilioTimeoutMs: 500,
};
const fetched = (address = `https://api.twilio.com${path}`, options = {}) =>
  fetchMedia(settings, address, options);
const authorization = `Basic ${Buffer.from(`${twilioAccountSid}:secret`).toString("base64")}`;
const file = (contentType: string, body: string | Buffer = "bytes"): http.RequestListener =>
  function send(_, response) {
    response.writeHead(200, { "content-type": contentType });
    response.end(body);
  };

test("the file comes with its type, asked for with the credentials", async () => {
  answer = file("image/PNG; name=x");
  const media = await fetched();
  if ("problem" in media) throw new Error(media.problem);
  expect(media.contentType).toBe("image/png");
  expect(await new Response(media.body).text()).toBe("bytes");
  expect(asked).toEqual([{ url: path, authorization }]);
});

test("a player's part is asked for and handed on as one; what is no part is asked for whole", async () => {
  const ranges: (string | undefined)[] = [];
  answer = (request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    response.writeHead(range ? 206 : 200, {
      "content-type": "audio/ogg",
      ...(range && { "content-range": "bytes 2-4/5" }),
    });
    response.end(range ? "tes" : "bytes");
  };
  const part = await fetched(undefined, { range: "bytes=2-" });
  if ("problem" in part) throw new Error(part.problem);
  expect(part.contentRange).toBe("bytes 2-4/5");
  expect(await new Response(part.body).text()).toBe("tes");
  for (const range of ["bytes=0-1,3-4", "lines=1-", "bytes=-3", null]) {
    expect(await fetched(undefined, { range })).not.toHaveProperty("contentRange");
  }
  expect(ranges).toEqual(["bytes=2-", undefined, undefined, undefined, undefined]);
});

test("a redirect to Twilio's content network is followed, without the credentials", async () => {
  answer = (request, response) => {
    if (request.url === path) response.writeHead(307, { location: "/cdn/ME1?Signature=x" }).end();
    else file("image/jpeg")(request, response);
  };
  expect(await fetched()).toMatchObject({ contentType: "image/jpeg" });
  expect(asked).toEqual([
    { url: path, authorization },
    { url: "/cdn/ME1?Signature=x", authorization: undefined },
  ]);
});

test.each([
  ["another server of this machine", () => `${elsewhere.url}/secrets`],
  ["a server of the network behind it", () => "http://169.254.169.254/latest/meta-data"],
  ["a file", () => "file:///etc/passwd"],
  ["nowhere", () => "http://"],
])("a redirect to %s is not", async (_, location) => {
  answer = (_request, response) => response.writeHead(302, { location: location() }).end();
  expect(await fetched()).toEqual({ problem: "not_twilio" });
  expect(asked).toHaveLength(1);
});

test("an address that is not Twilio's is not asked at all", async () => {
  expect(await fetched(`${elsewhere.url}/secrets`)).toEqual({ problem: "not_twilio" });
  expect(asked).toEqual([]);
});

test("redirects that never end do end", async () => {
  answer = (_request, response) => response.writeHead(302, { location: path }).end();
  expect(await fetched()).toEqual({ problem: "unreachable" });
  expect(asked.length).toBeLessThan(10);
});

test.each(["text/html", "image/svg+xml", "application/xml", ""])("%j is not handed on", async (type) => {
  answer = file(type, "<script>alert(1)</script>");
  expect(await fetched()).toEqual({ problem: "wrong_type" });
});

test("a file that says it is too big is refused, one that does not is broken off", async () => {
  answer = (_request, response) => {
    response.writeHead(200, { "content-type": "image/png", "content-length": "2000" });
    response.end(Buffer.alloc(2000));
  };
  expect(await fetched(undefined, { maxBytes: 1000 })).toEqual({ problem: "too_big" });
  answer = (_request, response) => {
    response.writeHead(200, { "content-type": "image/png" });
    response.write(Buffer.alloc(800));
    response.end(Buffer.alloc(800));
  };
  const media = await fetched(undefined, { maxBytes: 1000 });
  if ("problem" in media) throw new Error(media.problem);
  await expect(new Response(media.body).arrayBuffer()).rejects.toThrow("too big");
});

test.each([
  [404, "gone"],
  [410, "gone"],
  [401, "unreachable"],
  [500, "unreachable"],
])("Twilio's %d is told as %s", async (status, problem) => {
  answer = (_request, response) => response.writeHead(status, { "content-type": "image/png" }).end("x");
  expect(await fetched()).toEqual({ problem });
});

test("a Twilio that does not answer is waited for no longer than the time limit", async () => {
  answer = () => {};
  expect(await fetched()).toEqual({ problem: "unreachable" });
});
