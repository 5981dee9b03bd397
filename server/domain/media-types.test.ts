import { expect, test } from "vitest";
import { mediaKind } from "#server/domain/media-types.ts";

test.each([
  ["image/jpeg", "image"],
  ["IMAGE/PNG", "image"],
  ["audio/ogg; codecs=opus", "audio"],
  ["video/mp4", "video"],
  ["application/pdf", "document"],
])("%s is shown as %s", (type, kind) => {
  expect(mediaKind(type)).toBe(kind);
});

test.each([
  "text/html",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/xml",
  "text/javascript",
  "application/octet-stream",
  "image/",
  "constructor",
  "",
  null,
  "text/html;image/png",
])("%j is not opened", (type) => {
  expect(mediaKind(type)).toBeNull();
});
