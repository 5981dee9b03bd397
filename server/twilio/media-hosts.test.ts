import { expect, test } from "vitest";
import { mediaPlace } from "#server/twilio/media-hosts.ts";

const twilioAccountSid = `AC${"0".repeat(32)}`;
const settings = { twilioAccountSid };
const path = `/2010-04-01/Accounts/${twilioAccountSid}/Messages/MM1/Media/ME1`;

test("a file of our account is asked of Twilio's API with the credentials", () => {
  expect(mediaPlace(`https://api.twilio.com${path}`, settings)).toEqual({
    url: new URL(`https://api.twilio.com${path}`),
    credentials: true,
  });
});

test.each([
  "https://media.twiliocdn.com/AC/1?Signature=x",
  "https://mms.twiliocdn.com/AC/1",
  "https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC/1",
])("%s gets none", (address) => {
  expect(mediaPlace(address, settings)).toEqual({ url: new URL(address), credentials: false });
});

test.each([
  "https://api.twilio.com.evil.example/2010-04-01/Accounts/AC/1",
  "https://evil.example/?https://api.twilio.com/",
  `https://api.twilio.com@evil.example${path}`,
  `https://user:word@api.twilio.com${path}`,
  `http://api.twilio.com${path}`,
  `https://api.twilio.com:8443${path}`,
  `https://api.twilio.com/2010-04-01/Accounts/AC${"9".repeat(32)}/Messages/MM1/Media/ME1`,
  "https://api.twilio.com/2010-04-01/Accounts.json",
  `https://api.twilio.com/2010-04-01/Accounts/${twilioAccountSid}/../../../other`,
  "https://s3-external-1.amazonaws.com/somebody-elses-bucket/1",
  "http://media.twiliocdn.com/AC/1",
  "https://media.twiliocdn.com:444/AC/1",
  "http://169.254.169.254/latest/meta-data",
  "http://127.0.0.1:5432/",
  "file:///etc/passwd",
  "data:text/html,<script>alert(1)</script>",
  "javascript:alert(1)",
  "//api.twilio.com/x",
  "",
])("%j is nobody's we know", (address) => {
  expect(mediaPlace(address, settings)).toBeNull();
});

test("what stands for the API is asked in its place, and nobody beside it on the same machine", () => {
  const standIn = { twilioAccountSid, twilioApiBaseUrl: "http://127.0.0.1:4010" };
  const there = { url: new URL(`http://127.0.0.1:4010${path}`), credentials: true };
  expect(mediaPlace(`https://api.twilio.com${path}`, standIn)).toEqual(there);
  expect(mediaPlace(`http://127.0.0.1:4010${path}`, standIn)).toEqual(there);
  expect(mediaPlace("http://127.0.0.1:4010/files/1", standIn)).toMatchObject({ credentials: false });
  expect(mediaPlace("http://127.0.0.1:4011/files/1", standIn)).toBeNull();
  expect(mediaPlace("http://localhost:4010/files/1", standIn)).toBeNull();
});
