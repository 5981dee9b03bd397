// The pages of the dashboard with a million messages and a hundred thousand contacts, against the same with a thousand:
// what their loaders take at the web server, asked over HTTP with a session, in turn.
import { sql } from "drizzle-orm";
import { sessionHeader } from "#app/lib/session.server.ts";
import { queryRows } from "#db/client.ts";
import { type Figure, milliseconds, quantile } from "#scripts/bench/figures.ts";
import { type Bench, type Lab, type LabDatabase, openBench } from "#scripts/bench/lab.ts";
import { tellBigStory } from "#server/testing/big-story.ts";
import { makeUser } from "#server/testing/factories.ts";
import { makeUnfinished, type Unfinished } from "#server/testing/unfinished.ts";
import { createSession } from "#server/users/sessions.ts";

const small = { messages: 1_000, contacts: 100, campaigns: 10 };
const big = { messages: 1_000_000, contacts: 100_000, campaigns: 10 };
const warmUp = 5;
const rounds = 100;

type Role = "admin" | "super_admin";
type World = { database: LabDatabase; bench: Bench; cookies: Record<Role, string>; some: Some };
type Found = Record<"contact" | "category" | "campaign" | "message", number> & { person: string };
type Some = Found & Unfinished;
type Page = {
  name: string;
  path: (some: Some) => string;
  roles?: readonly Role[];
  /** finds more where there is more: information */
  grows?: boolean;
  /** fewer, where one takes a second */
  rounds?: number;
};

const both = ["admin", "super_admin"] as const;
const pages: readonly Page[] = [
  { name: "dashboard", path: () => "/tableau-de-bord?jours=90", roles: both },
  { name: "campaigns", path: () => "/campagnes", roles: both },
  { name: "campaigns of a status", path: () => "/campagnes?statut=completed" },
  { name: "a campaign", path: ({ campaign }) => `/campagnes/${campaign}` },
  {
    name: "a campaign, failures, an old page",
    path: ({ campaign, message }) => `/campagnes/${campaign}?statut=failed&avant=${message}`,
  },
  { name: "a message", path: ({ campaign, message }) => `/campagnes/${campaign}/messages/${message}` },
  { name: "new campaign", path: () => "/campagnes/nouvelle" },
  { name: "a draft to edit", path: ({ draft }) => `/campagnes/${draft}/modifier` },
  { name: "a draft, every recipient counted", path: ({ draft }) => `/campagnes/${draft}`, grows: true },
  {
    name: "proof, every row",
    path: ({ campaign }) => `/campagnes/${campaign}/preuve`,
    grows: true,
    rounds: 10,
  },
  { name: "messages", path: () => "/messages", roles: both },
  { name: "messages, an old page", path: ({ message }) => `/messages?apres=${message}`, roles: both },
  { name: "messages of an error", path: () => "/messages?erreur=63015", roles: both },
  { name: "messages of a period", path: () => "/messages?du=2000-01-01&au=2100-01-01", roles: both },
  { name: "messages, a word", path: () => "/messages?recherche=relance", roles: both },
  { name: "messages, a name", path: ({ person }) => `/messages?recherche=${person}`, roles: both },
  { name: "messages, a part of names", path: () => "/messages?recherche=nom77", grows: true },
  { name: "contacts", path: () => "/contacts", roles: both },
  { name: "contacts by name", path: () => "/contacts?tri=name" },
  { name: "contacts, a name", path: ({ person }) => `/contacts?recherche=${person}`, roles: both },
  { name: "contacts, a part of names", path: () => "/contacts?recherche=nom77", grows: true },
  { name: "contacts, a deep page", path: ({ contact }) => `/contacts?apres=${contact}`, roles: both },
  { name: "contacts of a category", path: ({ category }) => `/contacts?categorie=${category}`, roles: both },
  { name: "contacts in the sandbox", path: () => "/contacts?etat=member", roles: both },
  { name: "contacts, open windows", path: () => "/contacts?situation=window_open&tri=inbound" },
  { name: "a contact", path: ({ contact }) => `/contacts/${contact}` },
  { name: "categories", path: () => "/categories" },
  { name: "imports", path: () => "/contacts/importer" },
  { name: "an import, columns", path: ({ mapping }) => `/contacts/importer/${mapping}` },
  { name: "an import, dry run", path: ({ ready }) => `/contacts/importer/${ready}?page=20` },
  { name: "an import, done", path: ({ done }) => `/contacts/importer/${done}` },
  { name: "account", path: () => "/compte", roles: both },
  { name: "guide of the errors", path: () => "/guide-des-erreurs" },
  { name: "conversations", path: () => "/conversations", roles: both },
  { name: "a conversation", path: ({ contact }) => `/conversations/${contact}` },
  { name: "conversations, a name", path: ({ person }) => `/conversations?recherche=${person}` },
  { name: "sandbox", path: () => "/sandbox", roles: both },
  { name: "sandbox, to join again", path: () => "/sandbox?liste=a-reinscrire", roles: both },
  { name: "webhooks", path: () => "/webhooks", roles: ["super_admin"] },
  { name: "users", path: () => "/utilisateurs", roles: ["super_admin"] },
];

export async function benchPages(lab: Lab): Promise<Figure[]> {
  const worlds: World[] = [];
  try {
    for (const size of [small, big]) worlds.push(await openWorld(lab, size));
    const [floor, measured] = worlds as [World, World];
    const figures: Figure[] = [];
    for (const page of pages)
      for (const role of page.roles ?? (["admin"] as const))
        figures.push(await compare(page, role, floor, measured));
    return figures;
  } finally {
    for (const { bench, database } of worlds) {
      await bench.close();
      await database.close();
    }
  }
}

async function openWorld(lab: Lab, size: typeof small): Promise<World> {
  const database = await lab.database();
  const { db } = database;
  const users = { admin: await makeUser(db), super_admin: await makeUser(db, { role: "super_admin" }) };
  const start = performance.now();
  await tellBigStory(database.url, { ownerId: users.admin, ...size });
  console.log(`  ${size.messages} messages written in ${milliseconds(performance.now() - start)}`);
  const [found] = await queryRows<Found>(
    db,
    sql`select m.id as message, m.campaign_id as campaign, m.contact_id as contact, k.last_name as person,
        (select min(category_id) from category_contacts) as category
      from messages m join contacts k on k.id = m.contact_id
      where m.status = 'read' and m.id > ${size.messages / 2}::int
      -- of nobody else, and no part of another's
      order by length(k.last_name) desc, m.id limit 1`,
  );
  if (!found) throw new Error("the story has no messages");
  const unfinished = await makeUnfinished(db, { ownerId: users.admin, categoryId: found.category });
  const bench = await openBench({ database, web: true });
  const cookieOf = async (userId: number) => {
    const secret = bench.env.sessionSecret;
    const token = await createSession(db, { userId, ip: "127.0.0.1", userAgent: "bench", secret });
    return (await sessionHeader(token, { secureCookies: false })).split(";")[0] as string;
  };
  const cookies = { admin: await cookieOf(users.admin), super_admin: await cookieOf(users.super_admin) };
  return { database, bench, cookies, some: { ...found, ...unfinished } };
}

/** By turns, so that whatever else the machine does meanwhile concerns both. */
async function compare(page: Page, role: Role, floor: World, measured: World): Promise<Figure> {
  const worlds = [floor, measured];
  const times = worlds.map((): number[] => []);
  for (let round = -warmUp; round < (page.rounds ?? rounds); round += 1)
    for (const [nr, world] of worlds.entries()) {
      const took = await timeOf(world, page, role);
      if (round >= 0) times[nr]?.push(took);
    }
  const [base, value] = times.map((of) => quantile(of, 0.95)) as [number, number];
  return {
    name: `page “${page.name}”${role === "super_admin" ? " of a super admin" : ""}, a million messages: p95`,
    value: milliseconds(value),
    floor: `${milliseconds(base)} with a thousand`,
    ratio: value / base,
    ...(page.grows ? {} : { bar: { atMost: 2 } }),
  };
}

/** As the browser asks for a page it goes to: all that its loaders answer. */
async function timeOf({ bench, cookies, some }: World, { path }: Page, role: Role): Promise<number> {
  const { pathname, search } = new URL(path(some), bench.webUrl);
  const start = performance.now();
  const response = await fetch(`${bench.webUrl}${pathname}.data${search}`, {
    headers: { cookie: cookies[role] },
    redirect: "manual",
  });
  const body = await response.text();
  const took = performance.now() - start;
  if (response.status !== 200 || body.includes("SingleFetchRedirect"))
    throw new Error(`${path(some)}: ${response.status} ${body.slice(0, 200)}`);
  return took;
}
