// Every route with who may see it, and the routes themselves to be served. A file that is missing here fails
// server/http/routes.db.test.ts.
import { readdirSync } from "node:fs";
import type { OwnedRows } from "#server/testing/procedures.ts";

const folder = new URL("../../app/routes/", import.meta.url);

export type RouteRule = {
  access: "everybody" | "user" | "super";
  /** what stands for its parameters */
  params?: (rows: OwnedRows) => Record<string, number>;
  /** its row is one admin's: another one is told that there is none */
  owned?: true;
  query?: string;
};

const user: RouteRule = { access: "user" };
const superAdmin: RouteRule = { access: "super" };
const everybody: RouteRule = { access: "everybody" };
const owned = (params: RouteRule["params"]): RouteRule => ({
  access: "user",
  owned: true,
  ...(params && { params }),
});

const campaign = (rows: OwnedRows) => ({ campaignId: rows.campaign });
const message = (rows: OwnedRows) => ({ ...campaign(rows), messageId: rows.message });
const contact = (rows: OwnedRows) => ({ contactId: rows.contact });
const imported = (rows: OwnedRows) => ({ importId: rows.import });

export const routeRules: Record<string, RouteRule> = {
  "_app.campagnes.$campaignId._index.tsx": owned(campaign),
  "_app.campagnes.$campaignId.messages.$messageId.tsx": owned(message),
  "_app.campagnes.$campaignId.modifier.tsx": owned((rows) => ({ campaignId: rows.draft })),
  "_app.campagnes.$campaignId.preuve.tsx": owned(campaign),
  "_app.campagnes._index.tsx": user,
  "_app.campagnes.nouvelle.tsx": user,
  "_app.categories.tsx": user,
  "_app.compte.tsx": user,
  "_app.contacts.$contactId.tsx": owned(contact),
  "_app.contacts._index.tsx": user,
  "_app.contacts.importer.$importId.tsx": owned(imported),
  "_app.contacts.importer._index.tsx": user,
  "_app.contacts.nouveau.tsx": user,
  "_app.controles.tsx": user,
  "_app.conversations.$contactId.tsx": owned(contact),
  "_app.conversations._index.tsx": user,
  "_app.conversations.inconnus.$strangerId.tsx": {
    access: "super",
    params: (rows) => ({ strangerId: rows.stranger }),
  },
  "_app.conversations.tsx": user,
  "_app.conversations_.reponses-rapides.tsx": user,
  "_app.guide-des-erreurs.tsx": user,
  "_app.journal.tsx": superAdmin,
  "_app.messages.tsx": user,
  "_app.sandbox.tsx": user,
  "_app.tableau-de-bord.tsx": user,
  "_app.tsx": user,
  "_app.utilisateurs.tsx": superAdmin,
  "_app.webhooks.$hitId.tsx": { access: "super", params: (rows) => ({ hitId: rows.hit }) },
  "_app.webhooks._index.tsx": superAdmin,
  "_index.tsx": everybody,
  "api.trpc.$.ts": everybody,
  "api.webhooks.twilio.ts": everybody,
  "apparence.ts": everybody,
  // nothing to whoever may not see the message, as when there is nothing to decide
  "campagnes.$campaignId.messages.$messageId.candidats.ts": { access: "user", params: message },
  "campagnes.$campaignId.messages.$messageId.journal[.json].ts": owned(message),
  "campagnes.$campaignId.resultats[.csv].ts": owned(campaign),
  "connexion.tsx": everybody,
  "connexion_.code.tsx": everybody,
  "contacts.$contactId.donnees[.json].ts": owned(contact),
  "contacts.export[.csv].ts": user,
  "contacts.importer.$importId.refusees[.csv].ts": owned(imported),
  "conversations.$contactId.medias.$messageId.$index.ts": owned((rows) => ({
    ...contact(rows),
    messageId: 1,
    index: 0,
  })),
  "conversations.inconnus.$strangerId.medias.$messageId.$index.ts": {
    access: "super",
    params: (rows) => ({ strangerId: rows.stranger, messageId: 1, index: 0 }),
  },
  "deconnexion.ts": everybody,
  "destinataires.ts": user,
  "expediteur.ts": { access: "everybody" },
  "journal.export[.csv].ts": superAdmin,
  "messages.campagnes.ts": user,
  "messages.export[.csv].ts": user,
  "mot-de-passe.tsx": { access: "everybody", query: "?jeton=x" },
  "recherche.ts": { access: "user", query: "?q=a" },
  "sandbox.affiche.tsx": user,
};

type Route = {
  file: string;
  /** where it is served: on its own, its layouts elsewhere, because a browser may ask for it alone */
  path: string;
  module: { loader?: unknown; action?: unknown };
};

/** All routes there are. Layouts have an address of their own here, `/layout/…`. */
export async function readRoutes(): Promise<Route[]> {
  const files = readdirSync(folder).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
  const routes: Route[] = [];
  for (const file of files.sort()) {
    const module = (await import(new URL(file, folder).href)) as Route["module"];
    const stem = file.replace(/\.tsx?$/, "");
    const isLayout = files.some((other) => other.startsWith(`${stem}.`) && other !== file);
    routes.push({ file, path: (isLayout ? "layout/" : "") + pathOf(stem), module });
  }
  return routes;
}

/** The address of a route by the name of its file, as Remix reads it. */
function pathOf(stem: string): string {
  const segments = stem.match(/(?:\[[^\]]*\]|[^.[\]])+/g) ?? [];
  return segments
    .filter((segment) => !segment.startsWith("_"))
    .map((segment) =>
      segment.replace(/_$/, "").replace(/^\$$/, "*").replace(/^\$/, ":").replace(/[[\]]/g, ""),
    )
    .join("/");
}

/** The address with its parameters filled in. */
export function addressOf({ path }: Route, params: Record<string, number | string>): string {
  return `/${path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(String(params[name])))}`;
}

/** As the test server takes them: those that answer something. */
export function servedRoutes(routes: readonly Route[]): Record<string, object> {
  const answering = routes.filter(({ module }) => module.loader || module.action);
  return Object.fromEntries(answering.map(({ path, module }) => [path, module]));
}
