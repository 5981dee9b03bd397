// Scenes of accounts, one’s own among them, and of what their people did.
import { asks, refused, type Scene, submit } from "#e2e/scenes/scene.ts";

export const accountsScenes: readonly Scene[] = [
  { name: "sign-in", who: "nobody", path: "/connexion" },
  {
    name: "sign-in refused",
    who: "nobody",
    complaint: refused,
    path: "/connexion?suite=%2Fcontacts",
    act: async (page) => {
      await submit("Se connecter")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  {
    name: "sign-in, a code refused",
    who: "nobody",
    complaint: refused,
    path: "/connexion",
    act: async (page, { guarded }) => {
      await page.getByLabel("Adresse e-mail").fill(guarded.email);
      await page.getByLabel("Mot de passe", { exact: true }).fill(guarded.password);
      await submit("Se connecter")(page);
      await page.getByLabel("Code", { exact: true }).fill("000000");
      await submit("Se connecter")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "link for a new password that is worthless", who: "nobody", path: "/mot-de-passe?jeton=x" },
  {
    name: "new password by a link, refused",
    who: "nobody",
    complaint: refused,
    path: ({ resetToken }) => `/mot-de-passe?jeton=${resetToken}`,
    act: async (page) => {
      await submit("Enregistrer le mot de passe")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "account", path: "/compte" },
  { name: "account, second factor being set up", who: "newcomer", path: "/compte" },
  { name: "account with a second factor and tokens", who: "boss", path: "/compte" },
  {
    name: "own password, refused",
    complaint: refused,
    path: "/compte",
    act: async (page) => {
      await submit("Changer le mot de passe")(page);
      await page.getByRole("alert").waitFor();
    },
  },
  { name: "accounts", who: "boss", path: "/utilisateurs" },
  { name: "new account", who: "boss", path: "/utilisateurs?ajouter=1" },
  {
    name: "accounts, another role",
    who: "boss",
    path: "/utilisateurs",
    act: asks(/rendre super administrateur$/),
  },
  { name: "accounts, one to close", who: "boss", path: "/utilisateurs", act: asks(/^Fermer le compte/) },
  {
    name: "accounts, one to let in again",
    who: "boss",
    path: ({ lockedOutId }) => `/utilisateurs?motdepasse=${lockedOutId}`,
  },
  {
    name: "accounts, a new password told",
    who: "boss",
    path: "/utilisateurs?ajouter=1",
    act: async (page) => {
      await page.getByLabel("Adresse e-mail").fill(`nora-${Date.now()}@relance.test`);
      await submit("Créer le compte")(page);
      await page.getByLabel("Mot de passe", { exact: true }).waitFor();
    },
  },
  { name: "audit log", who: "boss", path: "/journal" },
  { name: "audit log, none matches", who: "boss", path: "/journal?recherche=personne" },
];
