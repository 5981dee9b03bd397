import { expect, test } from "vitest";
import { inviteUrl } from "#app/lib/invite-url.ts";

const sandbox = {
  numberText: "+1\u00a0415\u00a0523\u00a08886",
  joinCode: "paper-plane",
  joinUrl: "https://wa.me/14155238886?text=join%20paper-plane",
};

test("[EX-9.4] an invitation goes to the contact with the code, the number and the link", () => {
  const url = new URL(inviteUrl("+33639981234", sandbox) ?? "");
  expect(url.origin + url.pathname).toBe("https://wa.me/33639981234");
  const text = url.searchParams.get("text") ?? "";
  expect(text).toContain("join paper-plane");
  expect(text).toMatch(/\+1.415.523.8886/);
  expect(text).toContain(sandbox.joinUrl);
});

test("without a join code there is nothing to invite with", () => {
  expect(inviteUrl("+33639981234", { ...sandbox, joinCode: null, joinUrl: null })).toBeNull();
});
