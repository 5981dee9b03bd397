// Who the demo story is about. The numbers are of the range Arcep keeps for fiction: 06 39 98 xx xx.

export type DemoCategory = { name: string; color: string; owner: "admin" | "claire" };

export const demoCategories = [
  { name: "Clients fidèles", color: "#3f8f5b", owner: "admin" },
  { name: "Nouveaux inscrits", color: "#2f7fd0", owner: "admin" },
  { name: "Équipe", color: "#6462d6", owner: "admin" },
  { name: "Prospects salon", color: "#e08332", owner: "claire" },
] as const satisfies DemoCategory[];

export type DemoCategoryName = (typeof demoCategories)[number]["name"];

export type DemoPerson = {
  firstName: string | null;
  lastName: string | null;
  categories: DemoCategoryName[];
  /** has written `join …` to the sandbox */
  joined: boolean;
};

const person = (
  firstName: string | null,
  lastName: string | null,
  categories: DemoCategoryName[],
  joined = true,
): DemoPerson => ({ firstName, lastName, categories, joined });

export const demoPeople: DemoPerson[] = [
  person("Élodie", "Martin", ["Clients fidèles"]),
  person("Thomas", "Bernard", ["Clients fidèles"]),
  person("Inès", "Dubois", ["Clients fidèles"]),
  person("Julien", "Moreau", ["Clients fidèles"]),
  person("Aïcha", "Benali", ["Clients fidèles", "Nouveaux inscrits"]),
  person("François", "Lefèvre", ["Clients fidèles"]),
  person("Chloé", "Garcia", ["Clients fidèles"]),
  person("Antoine", "Rousseau", ["Clients fidèles"], false),
  person("Noémie", "Fontaine", ["Nouveaux inscrits"]),
  person("Mehdi", "Chevalier", ["Nouveaux inscrits"]),
  person("Zoé", "Lambert", ["Nouveaux inscrits"]),
  person("Gaëtan", "Le Goff", ["Nouveaux inscrits"]),
  person("Maëlle", "Perrin", ["Nouveaux inscrits"]),
  person("Hugo", null, ["Nouveaux inscrits"]),
  person("Sophie", "Nguyen", ["Équipe"]),
  person("Benoît", "Caron", ["Équipe"]),
  person("Camille", "Roy", ["Équipe"]),
  person("Yanis", "Haddad", []),
  person("Margaux", "Renaud", ["Prospects salon"]),
  person("Olivier", "Schmitt", ["Prospects salon"]),
  person("Fatou", "Diallo", ["Prospects salon"]),
  person("Pierre-Yves", "Kerbrat", ["Prospects salon"], false),
  person("Lucie", "Marchand", ["Prospects salon"]),
  person(null, null, ["Prospects salon"], false),
];

/** The number of each of them, in the same order. */
export const demoNumbers: string[] = demoPeople.map(
  (_, index) => `+3363998${String(index + 1).padStart(4, "0")}`,
);
