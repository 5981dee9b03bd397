// What a migration did, or would do, for the person at the terminal.
import { plural } from "#app/i18n/plural.ts";
import type { MigrationReport } from "#db/migrate.ts";
import type { TakeoverReport } from "#db/takeover/take-over.ts";

const tableNames: Record<string, string> = {
  users: "utilisateurs",
  categories: "catégories",
  contacts: "contacts",
  category_contacts: "contacts rangés par catégorie",
  campaigns: "campagnes",
  campaign_categories: "catégories de campagne",
  messages: "messages",
  interactions: "interactions",
};

export function tellMigration(report: MigrationReport, { dryRun }: { dryRun: boolean }): string {
  const { found, applied, takeover } = report;
  const lines = [...(takeover ? tellTakeover(takeover) : [])];
  if (applied.length > 0) {
    lines.push(`${dryRun ? "Migrations qui manquent" : "Migrations appliquées"} : ${applied.join(", ")}`);
  }
  const state = { empty: "vide", ours: "à Relance", previous: "celle de l'ancien système" }[found];
  lines.unshift(`Cette base ${dryRun ? "est" : "était"} ${state}.`);
  if (dryRun) lines.push("Rien n'a été changé.");
  else lines.push("La base est à jour.");
  return lines.join("\n");
}

function tellTakeover(report: TakeoverReport): string[] {
  const { rows, ownerless } = report;
  const kept = Object.entries(rows).map(([table, count]) => `  ${count} ${tableNames[table] ?? table}`);
  const found = [
    plural(report.numbersNormalised, "numéro normalisé", "numéros normalisés"),
    `${plural(report.numbersInvalid, "numéro invalide, signalé", "numéros invalides, signalés")} : rien ne leur est envoyé`,
    `${plural(report.numbersTwice, "doublon signalé", "doublons signalés")} : rien ne leur est envoyé`,
    plural(report.campaignsPaused, "campagne mise en pause", "campagnes mises en pause"),
    `${plural(report.messagesWaiting, "Message 1 resté en attente", "Messages 1 restés en attente")} : aucun ne part de lui-même`,
    `${plural(report.answersEnded, "Message 2 resté en attente", "Messages 2 restés en attente")} : écartés, leur fenêtre est fermée`,
    `${plural(report.recipientsTwice, "second Message 1", "seconds Messages 1")} à la même personne dans une campagne`,
    plural(report.countersCorrected, "campagne aux compteurs corrigés", "campagnes aux compteurs corrigés"),
    `${plural(report.idsRepeated, "référence de fournisseur répétée, gardée", "références de fournisseur répétées, gardées")}`,
    `Sans responsable : ${plural(ownerless.contacts, "contact", "contacts")}, ${plural(ownerless.campaigns, "campagne", "campagnes")}, ` +
      `${plural(ownerless.categories, "catégorie", "catégories")} ; un super administrateur les attribue`,
  ];
  return ["Gardé :", ...kept, "Trouvé :", ...found.map((line) => `  ${line}`)];
}
