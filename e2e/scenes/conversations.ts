// Scenes of conversations, of unknown senders and of quick replies.
import { refused, type Scene, submit } from "#e2e/scenes/scene.ts";

/** Twilio has it no more, or never had. */
const pictureGone = /status of (404|415|502)/;

export const conversationsScenes: readonly Scene[] = [
  { name: "conversations of a newcomer", who: "newcomer", path: "/conversations" },
  { name: "conversations", path: "/conversations" },
  { name: "conversations, none matches", path: "/conversations?recherche=personne&filtre=unread" },
  { name: "conversation", path: ({ openId }) => `/conversations/${openId}`, complaint: pictureGone },
  {
    name: "conversation, a reply refused",
    path: ({ openId }) => `/conversations/${openId}`,
    complaint: new RegExp(`${refused.source}|${pictureGone.source}`),
    act: async (page) => {
      await submit("Envoyer")(page);
      await page.getByText("Ce champ est obligatoire.").waitFor();
    },
  },
  {
    name: "conversation with quick replies",
    path: ({ openId }) => `/conversations/${openId}`,
    complaint: pictureGone,
    act: async (page) => {
      await page.getByLabel("Votre réponse").pressSequentially("/");
      await page.getByRole("listbox").waitFor();
    },
  },
  {
    name: "conversation by template",
    path: ({ openId }) => `/conversations/${openId}?reponse=modele`,
    complaint: pictureGone,
  },
  {
    name: "conversation whose window is closed",
    path: ({ closedId }) => `/conversations/${closedId}`,
    act: async (page) => {
      await page.getByText("Noter un arrêt").click();
      await page.getByLabel("Motif").waitFor();
    },
  },
  {
    name: "conversation with an opt-out",
    path: ({ stoppedId }) => `/conversations/${stoppedId}`,
    act: async (page) => {
      await page.getByText("Lever l’arrêt", { exact: true }).click();
      await page.getByLabel("Motif").waitFor();
    },
  },
  { name: "unknown senders", who: "boss", path: "/conversations?filtre=inconnus" },
  {
    name: "unknown sender",
    who: "boss",
    path: ({ strangerId }) => `/conversations/inconnus/${strangerId}?filtre=inconnus`,
  },
  { name: "quick replies", path: "/conversations/reponses-rapides" },
  { name: "quick replies of a newcomer", who: "newcomer", path: "/conversations/reponses-rapides" },
  { name: "new quick reply", path: "/conversations/reponses-rapides?ajouter=1" },
];
