import fc from "fast-check";
import { expect, test } from "vitest";
import { inboundContent } from "#server/domain/inbound-content.ts";

const nothing = { media: [], location: null, button: null, forwarded: false, repliedToSid: null };

test("a text alone has nothing beside it", () => {
  expect(inboundContent(null)).toEqual(nothing);
  expect(inboundContent({ MessageType: "text", ProfileName: "Ana" })).toEqual(nothing);
});

test("a button, the message it answers and a forwarded message are told", () => {
  const details = { ButtonText: "Confirmer", OriginalRepliedMessageSid: "MM1", Forwarded: "true" };
  expect(inboundContent(details)).toEqual({
    ...nothing,
    button: "Confirmer",
    repliedToSid: "MM1",
    forwarded: true,
  });
});

test("media keep their places, those that are not opened too", () => {
  const media = [{ url: "x", contentType: "image/png" }, { contentType: "text/html" }, {}, null, "x"];
  expect(inboundContent({ media }).media).toEqual([
    { index: 0, kind: "image", contentType: "image/png" },
    { index: 1, kind: null, contentType: "text/html" },
    { index: 2, kind: null, contentType: "" },
    { index: 3, kind: null, contentType: "" },
    { index: 4, kind: null, contentType: "" },
  ]);
});

test.each([
  ["48.8566", "2.3522", { latitude: 48.8566, longitude: 2.3522 }],
  ["91", "2", null],
  ["48", "javascript:alert(1)", null],
  ["Infinity", "0", null],
])("a place at %s, %s", (Latitude, Longitude, point) => {
  const details = { Latitude, Longitude, Label: "Café", Address: "1 rue de la Paix" };
  expect(inboundContent(details).location).toEqual({ point, label: "Café", address: "1 rue de la Paix" });
});

test("no details whatever make it fail", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (details, media) => {
      const { media: found } = inboundContent({ ...details, media });
      expect(Array.isArray(found)).toBe(true);
    }),
  );
});
