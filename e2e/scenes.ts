// Every page of the dashboard, and every state of it that looks different.
import type { Cookie, Page } from "@playwright/test";
import { type ConversationStory, makeConversations } from "#e2e/conversation-story.ts";
import { test as base, makeAccount, sessionCookie } from "#e2e/fixtures.ts";
import { type HitStory, makeHits } from "#e2e/hit-story.ts";
import { makeActivity, makeStory, type Story } from "#e2e/story.ts";

export type Scene = {
  name: string;
  /** by default an admin with a story */
  who?: "experienced" | "newcomer" | "boss" | "nobody";
  path: string | ((story: Story & HitStory & ConversationStory) => string);
  /** what a person does on the page before one looks */
  act?: (page: Page) => Promise<void>;
};

const submit = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();

const chartsDrawn = async (page: Page) => {
  await page.locator(".recharts-pie").waitFor();
  await page.locator(".recharts-bar").first().waitFor();
};

export const scenes: readonly Scene[] = [
  { name: "sign-in", who: "nobody", path: "/connexion" },
  {
    name: "sign-in refused",
    who: "nobody",
    path: "/connexion?suite=%2Fcontacts",
    act: async (page) => {
      await submit("Se connecter")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "dashboard of a newcomer", who: "newcomer", path: "/tableau-de-bord" },
  { name: "messages of a newcomer", who: "newcomer", path: "/messages" },
  { name: "dashboard", path: "/tableau-de-bord?jours=30", act: chartsDrawn },
  {
    name: "dashboard with its figures as tables",
    path: "/tableau-de-bord",
    act: async (page) => {
      await chartsDrawn(page);
      for (const summary of await page.getByText("Voir les chiffres").all()) await summary.click();
      await page.getByRole("region", { name: "Messages par jour" }).getByRole("table").waitFor();
    },
  },
  { name: "sandbox of a newcomer", who: "newcomer", path: "/sandbox" },
  { name: "sandbox", path: "/sandbox" },
  { name: "sandbox, to join again", path: "/sandbox?liste=a-reinscrire" },
  { name: "sandbox, sheet to print", path: "/sandbox/affiche" },
  { name: "messages", path: "/messages" },
  { name: "messages found", path: "/messages?recherche=noa&statut=failed&erreur=63015" },
  { name: "messages, none matches", path: "/messages?recherche=personne" },
  { name: "campaigns of a newcomer", who: "newcomer", path: "/campagnes" },
  { name: "contacts of a newcomer", who: "newcomer", path: "/contacts" },
  { name: "categories of a newcomer", who: "newcomer", path: "/categories" },
  { name: "new contact of a newcomer", who: "newcomer", path: "/contacts/nouveau" },
  { name: "new campaign of a newcomer", who: "newcomer", path: "/campagnes/nouvelle" },
  { name: "contacts", path: "/contacts" },
  {
    name: "contacts, export",
    path: "/contacts",
    act: async (page) => {
      await submit("Exporter")(page);
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "contacts, none matches", path: "/contacts?recherche=personne" },
  {
    name: "contacts picked",
    path: "/contacts?tri=name",
    act: async (page) => {
      await page.getByRole("checkbox", { name: "Choisir Camille Durand" }).check();
      await page.getByRole("form", { name: "Contacts choisis" }).waitFor();
    },
  },
  {
    name: "contact to delete",
    path: "/contacts",
    act: async (page) => {
      await page
        .getByRole("button", { name: /^Supprimer / })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "new contact, refused",
    path: "/contacts/nouveau",
    act: async (page) => {
      await submit("Ajouter le contact")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "contact", path: ({ contactId }) => `/contacts/${contactId}` },
  {
    name: "contact to erase",
    path: ({ contactId }) => `/contacts/${contactId}`,
    act: async (page) => {
      await submit("Effacer pour de bon")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "contact without answers", path: ({ contactId }) => `/contacts/${contactId}?historique=answer` },
  { name: "conversations of a newcomer", who: "newcomer", path: "/conversations" },
  { name: "conversations", path: "/conversations" },
  { name: "conversations, none matches", path: "/conversations?recherche=personne&filtre=unread" },
  { name: "conversation", path: ({ openId }) => `/conversations/${openId}` },
  {
    name: "conversation, a reply refused",
    path: ({ openId }) => `/conversations/${openId}`,
    act: async (page) => {
      await submit("Envoyer")(page);
      await page.getByText("Ce champ est obligatoire.").waitFor();
    },
  },
  {
    name: "conversation with quick replies",
    path: ({ openId }) => `/conversations/${openId}`,
    act: async (page) => {
      await page.getByLabel("Votre réponse").pressSequentially("/");
      await page.getByRole("listbox").waitFor();
    },
  },
  { name: "conversation by template", path: ({ openId }) => `/conversations/${openId}?reponse=modele` },
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
  { name: "import", path: "/contacts/importer" },
  {
    name: "import, refused",
    path: "/contacts/importer",
    act: async (page) => {
      await submit("Continuer")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "import, columns", path: ({ mappingImportId }) => `/contacts/importer/${mappingImportId}` },
  { name: "import, under way", path: ({ checkingImportId }) => `/contacts/importer/${checkingImportId}` },
  {
    name: "import, contacts being made",
    path: ({ importingImportId }) => `/contacts/importer/${importingImportId}`,
  },
  { name: "import, check failed", path: ({ failedCheckId }) => `/contacts/importer/${failedCheckId}` },
  { name: "import, stopped half-way", path: ({ failedRunId }) => `/contacts/importer/${failedRunId}` },
  { name: "import, dry run", path: ({ readyImportId }) => `/contacts/importer/${readyImportId}` },
  {
    name: "import, no such line",
    path: ({ readyImportId }) => `/contacts/importer/${readyImportId}?verdict=known`,
  },
  { name: "import, done", path: ({ doneImportId }) => `/contacts/importer/${doneImportId}` },
  { name: "import, taken back", path: ({ undoneImportId }) => `/contacts/importer/${undoneImportId}` },
  { name: "categories", path: "/categories" },
  { name: "new category", path: "/categories?ajouter=1" },
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
    name: "sandbox instructions",
    path: "/campagnes",
    act: async (page) => {
      await page.getByRole("button", { name: "Comment s’inscrire" }).click();
      await page.getByRole("img", { name: /^Code QR/ }).waitFor();
    },
  },
  {
    name: "account menu",
    path: "/campagnes",
    act: async (page) => {
      await page.getByRole("button", { name: /^Compte/ }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "command palette",
    path: "/campagnes",
    act: async (page) => {
      await page.getByRole("button", { name: "Rechercher partout" }).click();
      await page.getByRole("combobox").fill("ca");
      await page.getByRole("option", { name: /^Camille/ }).waitFor();
    },
  },
  {
    name: "command palette, nothing found",
    path: "/campagnes",
    act: async (page) => {
      await page.getByRole("button", { name: "Rechercher partout" }).click();
      await page.getByRole("combobox").fill("xyzzy");
      await page.getByText("Rien ne correspond.").waitFor();
    },
  },
  { name: "account", path: "/compte" },
  {
    name: "own password, refused",
    path: "/compte",
    act: async (page) => {
      await submit("Changer le mot de passe")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "guide of the errors", path: "/guide-des-erreurs#63015" },
  { name: "accounts", who: "boss", path: "/utilisateurs" },
  { name: "new account", who: "boss", path: "/utilisateurs?ajouter=1" },
  { name: "webhooks", who: "boss", path: "/webhooks" },
  { name: "webhooks, none matches", who: "boss", path: "/webhooks?recherche=SM0&verdict=refused" },
  { name: "refused webhook", who: "boss", path: ({ refusedHitId }) => `/webhooks/${refusedHitId}` },
  { name: "inbound webhook", who: "boss", path: ({ inboundHitId }) => `/webhooks/${inboundHitId}` },
  { name: "audit log", who: "boss", path: "/journal" },
  { name: "audit log, none matches", who: "boss", path: "/journal?recherche=personne" },
  { name: "checks of the doctor", who: "boss", path: "/controles" },
  {
    name: "more of the navigation",
    who: "boss",
    path: "/campagnes",
    act: async (page) => {
      const more = page.getByRole("button", { name: "Plus", exact: true });
      if (await more.isVisible()) await more.click();
    },
  },
  { name: "campaign that does not exist", path: "/campagnes/999999" },
  { name: "page that does not exist", path: "/nulle-part" },
];

type Cast = {
  story: Story & HitStory & ConversationStory;
  cookies: Record<NonNullable<Scene["who"]>, Cookie[]>;
};

/** Scenes are looked at and not changed: all of a worker have the same people, signed in once. */
export const test = base.extend<{ openScene: (scene: Scene) => Promise<void> }, { cast: Cast }>({
  cast: [
    async ({ db }, use) => {
      const experienced = await makeAccount(db);
      const story = {
        ...(await makeStory(db, experienced)),
        ...(await makeHits(db)),
        ...(await makeConversations(db, experienced)),
      };
      await makeActivity(db, experienced);
      const cookiesOf = async (account: typeof experienced) => [await sessionCookie(db, account)];
      const cookies = {
        nobody: [],
        newcomer: await cookiesOf(await makeAccount(db)),
        boss: await cookiesOf(await makeAccount(db, "super_admin")),
        experienced: await cookiesOf(experienced),
      };
      await use({ story, cookies });
    },
    { scope: "worker" },
  ],

  openScene: async ({ page, context, cast }, use) => {
    await use(async ({ who = "experienced", path, act }) => {
      await context.addCookies(cast.cookies[who]);
      await page.goto(typeof path === "string" ? path : path(cast.story), { waitUntil: "load" });
      await act?.(page);
    });
  },
});
