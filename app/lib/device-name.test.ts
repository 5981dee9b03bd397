import { expect, test } from "vitest";
import { deviceOf } from "#app/lib/device-name.ts";

test("a browser and its system are told by their usual names", () => {
  const agents: [string, string, string][] = [
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0",
      "Edge",
      "Windows",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36", "Chrome", "Linux"],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari", "iPhone"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
      "Firefox",
      "Mac",
    ],
    [
      "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
      "Chrome",
      "Android",
    ],
  ];
  for (const [agent, browser, system] of agents) expect(deviceOf(agent), agent).toEqual({ browser, system });
});

test("what is no browser, and nothing, is nobody's device", () => {
  expect(deviceOf("curl/8.0")).toEqual({ browser: null, system: null });
  expect(deviceOf(null)).toEqual({ browser: null, system: null });
});
