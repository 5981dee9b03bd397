import { expect, test } from "vitest";
import { parseConnection } from "./connection-overrides.ts";
import { isMember, isTooSoon, isWindowOpen, sandboxCommand, whatsappUser } from "./rules.ts";

test("an interval may be shorter by the tolerance, and not by more", () => {
  const tooSoon = (gap: number) =>
    isTooSoon({ now: 10_000 + gap, lastMessageAt: 10_000, minIntervalMs: 3000, tolerance: 0.1 });
  expect([2699, 2700, 3000].map(tooSoon)).toEqual([true, false, false]);
  expect(isTooSoon({ now: 0, lastMessageAt: null, minIntervalMs: 3000, tolerance: 0 })).toBe(false);
});

test("membership and window end exactly when their hours are over", () => {
  const phone = { joinedAt: 0, lastInboundAt: 0 };
  expect(isMember(phone, 72 * 3_600_000 - 1, 72)).toBe(true);
  expect(isMember(phone, 72 * 3_600_000, 72)).toBe(false);
  expect(isWindowOpen(phone, 24 * 3_600_000 - 1, 24)).toBe(true);
  expect(isWindowOpen(phone, 24 * 3_600_000, 24)).toBe(false);
});

test("only join with a code, and stop alone, are commands", () => {
  expect(sandboxCommand("Join  paper-plane ")).toEqual({ kind: "join", code: "paper-plane" });
  expect(sandboxCommand("STOP")).toEqual({ kind: "stop" });
  for (const text of ["join", "joindre paper-plane", "stop it", "ARRÊT", ""])
    expect(sandboxCommand(text)).toBeNull();
});

test("a number or a hidden user can be reached on WhatsApp, nothing else", () => {
  expect(whatsappUser("whatsapp:+33612345678")).toBe("+33612345678");
  expect(whatsappUser("whatsapp:FR.1A2b3C")).toBe("FR.1A2b3C");
  for (const address of [
    "+33612345678",
    "whatsapp:0612345678",
    "whatsapp:+0612345678",
    "whatsapp:",
    "sms:+33612345678",
  ])
    expect(whatsappUser(address)).toBeNull();
});

test("connection overrides: defaults, bounds, causes, credentials", () => {
  expect(parseConnection("https://a.example/s?x=1")).toMatchObject({ retryCount: 1, totalTimeoutMs: 15_000 });
  expect([...parseConnection("https://a.example/s").retryOn]).toEqual(["ct"]);
  const all = parseConnection("https://u:p@a.example/s?x=1#rc=50&rp=all&rt=200");
  expect(all).toMatchObject({
    url: "https://a.example/s?x=1",
    authorization: `Basic ${Buffer.from("u:p").toString("base64")}`,
    retryCount: 5,
    readTimeoutMs: 200,
  });
  expect([...all.retryOn]).toEqual(["4xx", "5xx", "ct", "rt"]);
  expect([...parseConnection("https://a.example/s#rp=5xx,rt&rc=x").retryOn]).toEqual(["5xx", "rt"]);
});
