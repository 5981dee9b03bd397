import { expect, test } from "vitest";
import { createFormat } from "#app/i18n/format.ts";
import { flightSteps } from "#app/lib/flight-steps.ts";
import { attemptFindings } from "#server/domain/failures.ts";
import { messageMoves } from "#server/domain/message-status.ts";
import { stepKinds, type TimelineStep } from "#server/messages/views.ts";

const start = Date.UTC(2026, 10, 23, 9, 0, 0);

/** A step so many milliseconds after the first. */
const step = (ms: number, kind: TimelineStep["kind"], rest: Partial<TimelineStep> = {}): TimelineStep => ({
  at: new Date(start + ms),
  kind,
  attempt: null,
  fromStatus: null,
  toStatus: null,
  facts: {},
  ...rest,
});

/** A move of attempt 1. */
const move = (
  ms: number,
  cause: string,
  fromStatus: TimelineStep["fromStatus"],
  toStatus: TimelineStep["toStatus"],
  facts: TimelineStep["facts"] = {},
) => step(ms, "move", { attempt: 1, fromStatus, toStatus, facts: { cause, ...facts } });

const shown = (timeline: TimelineStep[]) =>
  flightSteps(timeline, { format: createFormat("Europe/Paris"), campaignId: 7 }).map((one) => ({
    ...one,
    title: plain(one.title),
    details: one.details.map(plain),
  }));
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("a flight without trouble is told once, news and what came of it together", () => {
  const steps = shown([
    step(0, "queued", { toStatus: "pending" }),
    step(1000, "slot", {
      attempt: 1,
      fromStatus: "pending",
      toStatus: "sending",
      facts: { slot: new Date(start + 998).toISOString(), afterSlotMs: 2 },
    }),
    step(1004, "request", { attempt: 1, facts: { afterSlotMs: 6 } }),
    step(1190, "answer", { attempt: 1, facts: { httpStatus: 201, sid: "SM1", afterRequestMs: 186 } }),
    move(1192, "accept", "sending", "sent"),
    step(2500, "callback", {
      attempt: 1,
      facts: { status: "delivered", receivedAt: new Date(start + 2496).toISOString() },
    }),
    move(2501, "deliver", "sent", "delivered"),
    step(2600, "callback", { attempt: 1, facts: { status: "delivered" } }),
    step(2601, "ignored", { attempt: 1, fromStatus: "delivered", toStatus: "delivered" }),
    step(9000, "contactAnswer", { facts: { content: "Oui" } }),
    step(9010, "messageTwo", { facts: { messageId: 12, campaignId: 7 } }),
  ]);
  expect(steps.map(({ title, details }) => [title, ...details])).toEqual([
    ["Mis en file d’attente"],
    ["Créneau obtenu, tentative 1", "créneau de 10:00:00,998", "En attente → Envoi en cours"],
    ["Demande envoyée à Twilio", "6 ms après le créneau"],
    ["Twilio accepte", "HTTP 201 en 186 ms", "Référence Twilio : SM1", "Envoi en cours → Envoyé"],
    ["Twilio annonce : remis", "reçu à 10:00:02,496, appliqué 4 ms plus tard", "Envoyé → Remis"],
    ["Twilio annonce : remis", "déjà connu, rien ne change"],
    ["Le contact répond", "« Oui »"],
    ["Message 2 mis en file"],
  ]);
  expect(steps.at(4)?.tone).toBe("accent");
  expect(steps.at(-1)?.link?.to).toBe("/campagnes/7/messages/12");
});

test("a request without answer, the looks at Twilio and the decision are told as such", () => {
  const steps = shown([
    step(0, "answer", { attempt: 1, facts: { message: "ETIMEDOUT", afterRequestMs: 15_000 } }),
    move(1, "lose", "sending", "uncertain", { message: "ETIMEDOUT" }),
    step(60_000, "look", { attempt: 1, facts: { look: 1, candidates: "" } }),
    step(61_000, "look", { attempt: 1, facts: { byHand: true, candidates: "SM1, SM2" } }),
    step(70_000, "decision", { attempt: 1, facts: { userId: 1 } }),
    move(70_001, "retry", "uncertain", "pending", { message: "absent_at_twilio", retry: 1 }),
  ]);
  expect(steps.map(({ title, details }) => [title, ...details])).toEqual([
    ["Aucune réponse de Twilio", "après 15 s", "Aucune réponse dans le délai", "Envoi en cours → À vérifier"],
    ["Recherché chez Twilio, 1er regard", "aucun message correspondant"],
    ["Recherché chez Twilio, à la demande", "2 messages possibles", "SM1", "SM2"],
    [
      "Décision : ce n’est aucun des messages trouvés",
      "À vérifier → En attente",
      "Twilio n’a jamais reçu ce message",
    ],
  ]);
});

test("a refusal shows its code, the retry its delay", () => {
  const [step1] = shown([
    step(0, "answer", { attempt: 1, facts: { httpStatus: 429, code: 20429, afterRequestMs: 20 } }),
    move(1, "retry", "sending", "pending", { code: 20429, retry: 2, delay: 120 }),
  ]);
  expect(step1).toMatchObject({
    title: "Twilio refuse",
    tone: "danger",
    errorCode: 20429,
    details: ["HTTP 429 en 20 ms", "Envoi en cours → En attente", "nouvel essai n° 2, dans 120 s"],
  });
});

test("a move of its own, long after the news, stands by itself", () => {
  const steps = shown([
    step(0, "callback", { attempt: 1, facts: { status: "sent" } }),
    move(10_000, "lose", "sending", "uncertain"),
    step(20_000, "queued", { toStatus: "skipped", facts: { reason: "opted_out" } }),
  ]);
  expect(steps.map(({ title }) => title)).toEqual([
    "Twilio annonce : envoyé",
    "Réponse de Twilio perdue",
    "Écarté au lancement",
  ]);
});

test("whatever the server may find about an attempt is told in French", () => {
  for (const finding of attemptFindings) {
    const [one] = shown([move(0, "lose", "sending", "uncertain", { message: finding })]);
    expect(one?.details, finding).toEqual([
      "Envoi en cours → À vérifier",
      expect.stringMatching(/^\p{Lu}\p{L}+ .+/u),
    ]);
    expect(one?.details.join(), finding).not.toContain(finding);
  }
});

test.each(stepKinds)("a step of the kind %s has a title in French", (kind) => {
  const [one] = shown([step(0, kind, { attempt: 1, facts: { cause: "claim", status: "sent" } })]);
  expect(one?.title).toMatch(/^\p{Lu}\p{L}+/u);
});

test.each(Object.keys(messageMoves))(
  "a move caused by %s has a title and no word of the machine in it",
  (cause) => {
    const [one] = shown([move(0, cause, "pending", "sending")]);
    expect(one?.title).not.toBe("Étape");
    expect(one?.title).not.toContain(cause);
  },
);

test("a code nobody knows comes with Twilio's own words", () => {
  const [one] = shown([
    step(0, "callback", { attempt: 1, facts: { status: "failed", code: 99_999, message: "Something new" } }),
  ]);
  expect(one).toMatchObject({ errorCode: 99_999, errorText: "Something new" });
});
