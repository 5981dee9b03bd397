// Scenes of the shell: the dashboard, what lies over every page, and the pages that tell of a failure.
import { chartsDrawn, notFound, type Scene, toContacts } from "#e2e/scenes/scene.ts";

export const shellScenes: readonly Scene[] = [
  { name: "dashboard of a newcomer", who: "newcomer", path: "/tableau-de-bord" },
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
  { name: "guide of the errors", path: "/guide-des-erreurs#63015" },
  {
    name: "more of the navigation",
    who: "boss",
    path: "/campagnes",
    act: async (page) => {
      const more = page.getByRole("button", { name: "Plus", exact: true });
      if (await more.isVisible()) await more.click();
    },
  },
  {
    name: "page on its way",
    path: "/campagnes",
    act: async (page) => {
      await toContacts(page, () => undefined);
      await page.getByRole("main").getByRole("status").filter({ hasText: "Chargement…" }).waitFor();
    },
  },
  { name: "page of somebody else’s", path: "/utilisateurs", complaint: /status of 403/ },
  {
    name: "page that failed",
    path: "/campagnes",
    complaint: /500|SyntaxError/,
    act: async (page) => {
      await toContacts(page, (route) => route.fulfill({ status: 500, body: "" }));
      await page.getByRole("heading", { level: 1, name: "Une erreur est survenue" }).waitFor();
    },
  },
  { name: "page without a database", path: "/contacts", complaint: /503/, cutOff: true },
  { name: "campaign that does not exist", path: "/campagnes/999999", complaint: notFound },
  { name: "page that does not exist", path: "/nulle-part", complaint: notFound },
];
