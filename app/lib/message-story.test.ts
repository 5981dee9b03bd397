import { expect, test } from "vitest";
import { messageStory } from "#app/lib/message-story.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 9, 0, 0) + seconds * 1000);
const attempt = {
  id: "a",
  number: 1,
  claimedAt: at(0),
  requestedAt: at(0),
  answeredAt: at(1),
  sid: "MM1",
  outcome: "accepted",
  httpStatus: 201,
  errorCode: null,
  errorMessage: null,
};
const event = (
  id: number,
  seconds: number,
  type: string,
  fromStatus: string | null,
  toStatus: string | null,
) => ({
  id,
  at: at(seconds),
  type,
  fromStatus,
  toStatus,
});

test("a story is told once: an attempt stands for its claim, a move for the news that made it", () => {
  const steps = messageStory({
    attempts: [attempt],
    events: [
      event(5, 4.1, "deliver", "sent", "delivered"),
      event(4, 4, "status", null, null),
      event(3, 2, "status", null, null),
      event(2, 1, "accept", "sending", "sent"),
      event(1, 0, "claim", "pending", "sending"),
    ],
  });
  expect(steps.map(({ title }) => title)).toEqual([
    "Arrivé sur le téléphone",
    "Nouvelle de Twilio, déjà connue",
    "Accepté par Twilio",
    "Tentative 1\u00a0: acceptée",
  ]);
  expect(steps[0]).toMatchObject({ tone: "accent", details: ["Envoyé → Remis"] });
});
