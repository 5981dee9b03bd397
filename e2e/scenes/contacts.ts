// Scenes of contacts, their categories and imports.
import { asks, refused, type Scene, submit, turnPage } from "#e2e/scenes/scene.ts";

export const contactsScenes: readonly Scene[] = [
  { name: "contacts of a newcomer", who: "newcomer", path: "/contacts" },
  { name: "categories of a newcomer", who: "newcomer", path: "/categories" },
  { name: "new contact of a newcomer", who: "newcomer", path: "/contacts/nouveau" },
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
    complaint: refused,
    path: "/contacts/nouveau",
    act: async (page) => {
      await submit("Ajouter le contact")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "contact", path: ({ contactId }) => `/contacts/${contactId}` },
  { name: "contact to erase", path: ({ contactId }) => `/contacts/${contactId}`, act: asks(/^Effacer pour/) },
  { name: "contact without answers", path: ({ contactId }) => `/contacts/${contactId}?historique=answer` },
  { name: "import", path: "/contacts/importer" },
  {
    name: "import, refused",
    complaint: refused,
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
  { name: "category to change", path: ({ categoryId }) => `/categories?modifier=${categoryId}` },
  { name: "category to delete", path: "/categories", act: asks(/^Supprimer/) },
  { name: "contacts, the first page", who: "busy", path: "/contacts" },
  {
    name: "contacts, a further page",
    who: "busy",
    path: "/contacts",
    act: turnPage,
  },
  {
    name: "contacts, some of them to delete",
    who: "busy",
    path: "/contacts",
    act: async (page) => {
      for (const nr of [0, 1])
        await page
          .getByRole("checkbox", { name: /^Choisir Contact/ })
          .nth(nr)
          .check();
      await page.getByRole("form", { name: "Contacts choisis" }).getByText("Supprimer").click();
      await page.getByRole("dialog").waitFor();
    },
  },
];
