// Scenes of campaigns and messages.
import { refused, type Scene, submit, turnPage } from "#e2e/scenes/scene.ts";

export const campaignsScenes: readonly Scene[] = [
  { name: "messages of a newcomer", who: "newcomer", path: "/messages" },
  { name: "messages", path: "/messages" },
  { name: "messages found", path: "/messages?recherche=noa&statut=failed&erreur=63015" },
  { name: "messages, none matches", path: "/messages?recherche=personne" },
  { name: "campaigns of a newcomer", who: "newcomer", path: "/campagnes" },
  { name: "new campaign of a newcomer", who: "newcomer", path: "/campagnes/nouvelle" },
  { name: "campaigns", path: "/campagnes" },
  { name: "campaigns, none matches", path: "/campagnes?recherche=personne&statut=draft" },
  { name: "archive of campaigns", path: "/campagnes?archives=1" },
  {
    name: "new campaign to contacts outside the sandbox",
    path: "/campagnes/nouvelle",
    act: async (page) => {
      await page.getByRole("checkbox", { name: /Clients fidèles/ }).check();
      await page.getByText(/ne sont pas inscrits au Sandbox/).waitFor();
    },
  },
  {
    name: "new campaign, refused",
    complaint: refused,
    path: "/campagnes/nouvelle",
    act: async (page) => {
      await submit("Enregistrer et continuer")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "draft to edit", path: ({ draftId }) => `/campagnes/${draftId}/modifier` },
  { name: "draft", path: ({ draftId }) => `/campagnes/${draftId}` },
  { name: "draft that is not ready", path: ({ unreadyId }) => `/campagnes/${unreadyId}` },
  {
    name: "draft to launch",
    path: ({ draftId }) => `/campagnes/${draftId}`,
    act: async (page) => {
      await submit("Lancer")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "draft to schedule and to test, refused",
    complaint: refused,
    path: ({ draftId }) => `/campagnes/${draftId}`,
    act: async (page) => {
      await page.getByLabel("Date").fill("2020-01-01");
      await submit("Programmer")(page);
      await page.getByText("Cette heure est déjà passée").waitFor();
      await submit("Envoyer l’essai")(page);
      await page.getByText("Ce champ est obligatoire.").waitFor();
    },
  },
  { name: "scheduled campaign", path: ({ scheduledId }) => `/campagnes/${scheduledId}` },
  {
    name: "scheduled campaign with other choices",
    path: ({ scheduledId }) => `/campagnes/${scheduledId}?choix=1&inconnus=1`,
  },
  { name: "campaign that could not start", path: ({ notStartedId }) => `/campagnes/${notStartedId}` },
  { name: "completed campaign", path: ({ completedId }) => `/campagnes/${completedId}` },
  {
    name: "campaign filtered by status",
    path: ({ completedId }) => `/campagnes/${completedId}?statut=failed`,
  },
  { name: "proof with a wrong row", path: ({ completedId }) => `/campagnes/${completedId}/preuve` },
  { name: "paused campaign", path: ({ pausedId }) => `/campagnes/${pausedId}` },
  {
    name: "failed message",
    path: ({ completedId, failedMessageId }) => `/campagnes/${completedId}/messages/${failedMessageId}`,
  },
  {
    name: "read message",
    path: ({ completedId, readMessageId }) => `/campagnes/${completedId}/messages/${readMessageId}`,
  },
  {
    name: "messages, a further page",
    who: "busy",
    path: "/messages",
    act: turnPage,
  },
];
