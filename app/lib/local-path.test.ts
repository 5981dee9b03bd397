import { expect, test } from "vitest";
import { localPath } from "#app/lib/local-path.ts";

test("a path of ours is kept with its query", () => {
  expect(localPath("/contacts?page=2")).toBe("/contacts?page=2");
});

test.each(["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "contacts", "", null])(
  "nobody is led to %s after signing in",
  (address) => {
    expect(localPath(address)).toBeNull();
  },
);
