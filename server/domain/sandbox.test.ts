import { expect, test } from "vitest";
import { joinUrl } from "#server/domain/sandbox.ts";

test("[EX-9.2] the link opens WhatsApp with the join words written", () => {
  expect(joinUrl("+14155238886", "paper-plane")).toBe("https://wa.me/14155238886?text=join%20paper-plane");
});

test("what is no address character in the code is encoded", () => {
  const url = new URL(joinUrl("+14155238886", "a&b#c") ?? "");
  expect(url.searchParams.get("text")).toBe("join a&b#c");
});

test("without a code there is no link", () => {
  expect(joinUrl("+14155238886", null)).toBeNull();
  expect(joinUrl("+14155238886", "")).toBeNull();
});
