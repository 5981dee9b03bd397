// Scenes of the sandbox, of what Twilio calls and of the checks.
import type { Scene } from "#e2e/scenes/scene.ts";

export const sandboxScenes: readonly Scene[] = [
  { name: "sandbox of a newcomer", who: "newcomer", path: "/sandbox" },
  { name: "sandbox", path: "/sandbox" },
  { name: "sandbox, to join again", path: "/sandbox?liste=a-reinscrire" },
  { name: "sandbox, sheet to print", path: "/sandbox/affiche" },
  { name: "webhooks", who: "boss", path: "/webhooks" },
  { name: "webhooks, none matches", who: "boss", path: "/webhooks?recherche=SM0&verdict=refused" },
  { name: "refused webhook", who: "boss", path: ({ refusedHitId }) => `/webhooks/${refusedHitId}` },
  { name: "inbound webhook", who: "boss", path: ({ inboundHitId }) => `/webhooks/${inboundHitId}` },
  { name: "checks of the doctor", who: "boss", path: "/controles" },
];
