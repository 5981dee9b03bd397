// Fails a test that writes to console.error without saying so; one that expects it installs a spy of its own.
import { afterEach, beforeEach, vi } from "vitest";

let unexpected: unknown[][] = [];

beforeEach(() => {
  unexpected = [];
  vi.spyOn(console, "error").mockImplementation((...args) => void unexpected.push(args));
});

afterEach(() => {
  vi.restoreAllMocks();
  const [first] = unexpected;
  if (first) throw new Error(`unexpected console.error: ${first.map(String).join(" ")}`);
});
