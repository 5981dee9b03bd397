import { type CheckText, checkText as text } from "#app/i18n/fr/check-text.ts";
import { plural } from "#app/i18n/plural.ts";
import type { Facts } from "#server/doctor/views.ts";

/** What the checks of this machine and its database say, by code. */
export const installation = {
  variables: {
    ok: text("Toutes les variables sont bonnes."),
    problems: {
      said: ({ count, list }) => `${plural(Number(count), "variable", "variables")} à corriger :\n${list}`,
      cure: () =>
        "Corrigez le fichier .env ou l’environnement, puis redémarrez. Tout est expliqué dans .env.example.",
    },
    useful_missing: {
      said: ({ list }) => `Rien d’obligatoire ne manque, mais ceci est vide : ${list}.`,
      cure: () =>
        "Sans code d’inscription, ni QR code ni lien d’invitation ; sans Content SID, pas de modèle par défaut. Voir .env.example.",
    },
  },
  database: {
    ok: { said: ({ version }) => `PostgreSQL ${version} répond et accepte les écritures.` },
    read_only: text(
      "La base répond, mais en lecture seule.",
      "DATABASE_URL mène à une réplique, ou le projet est suspendu (disque plein) : donnez l’adresse de la base principale.",
    ),
    login_refused: text(
      "La base refuse l’utilisateur ou le mot de passe.",
      "Recopiez l’adresse (Supabase : Project Settings → Database). Dans le mot de passe, # s’écrit %23 et @ s’écrit %40.",
    ),
    no_such_database: text(
      "Le serveur répond, mais cette base n’existe pas.",
      "Vérifiez le nom à la fin de DATABASE_URL (Supabase : postgres).",
    ),
    unknown_host: text(
      "Le serveur de DATABASE_URL est introuvable.",
      "Vérifiez le nom du serveur. Un projet Supabase en pause n’a plus d’adresse : réactivez-le. Sans IPv6, prenez l’adresse du pooler.",
    ),
    tls: text(
      "La connexion chiffrée à la base échoue.",
      "Supabase signe avec une autorité à lui : téléchargez son certificat et ajoutez ?sslmode=verify-full&sslrootcert=prod-ca-2021.crt à DATABASE_URL et DATABASE_DIRECT_URL (voir .env.example). Pour une base sans TLS, enlevez sslmode.",
    ),
    unreachable: {
      said: ({ reason }) => `La base ne répond pas${reason ? ` (${reason})` : ""}.`,
      cure: () => "Vérifiez que PostgreSQL tourne et que serveur et port de DATABASE_URL sont les bons.",
    },
  },
  pooler: {
    direct: text("Les notifications passent : connexion directe, ou par session."),
    pooled: text("Les notifications passent par DATABASE_DIRECT_URL."),
    transaction_pooler: text(
      "Les notifications se perdent : DATABASE_URL passe par un pooler de transactions (port 6543 chez Supabase).",
      "Donnez à DATABASE_DIRECT_URL l’adresse directe ou celle du « session pooler » (port 5432). Sans cela, le moteur d’envoi n’est pas réveillé et les pages ne suivent pas.",
    ),
    direct_is_pooled: text(
      "Les notifications se perdent : DATABASE_DIRECT_URL passe aussi par un pooler de transactions.",
      "Donnez-lui l’adresse directe ou celle du « session pooler » (port 5432 chez Supabase), pas le port 6543.",
    ),
    other_database: text(
      "DATABASE_URL et DATABASE_DIRECT_URL mènent à deux bases différentes.",
      "Donnez aux deux la même base : même projet, même nom à la fin de l’adresse.",
    ),
    direct_unreachable: text(
      "La base répond par DATABASE_URL, mais pas par DATABASE_DIRECT_URL.",
      "Vérifiez serveur, port et mot de passe de DATABASE_DIRECT_URL ; sans IPv6, prenez le « session pooler ».",
    ),
  },
  migrations: {
    ok: text("La structure est celle de cette version."),
    behind: text("La structure est celle d’une version précédente.", "Lancez : npm run db:migrate"),
    never: text("La base n’a pas encore été préparée.", "Lancez : npm run db:migrate"),
  },
  worker: {
    ok: { said: ({ count }) => `${plural(Number(count), "moteur tourne", "moteurs tournent")}.` },
    silent: {
      said: ({ seconds }) => `Le moteur d’envoi ne donne plus signe de vie depuis ${duration(seconds)}.`,
      cure: () => "Regardez son journal, puis relancez-le : npm run worker",
    },
    stopped: text("Le moteur d’envoi est arrêté : rien ne part.", "Lancez-le : npm run worker"),
    never: text("Aucun moteur d’envoi n’a encore tourné : rien ne part.", "Lancez-le : npm run worker"),
  },
  clock: {
    ok: { said: ({ references }) => `Les horloges concordent (${referenceNames(references)}).` },
    process_wrong: {
      said: ({ seconds }) => `L’horloge de cette machine est décalée de ${duration(seconds)}.`,
      cure: () => "Activez sa mise à l’heure automatique (NTP), puis redémarrez Relance.",
    },
    database_wrong: {
      said: ({ seconds }) => `L’horloge du serveur de la base est décalée de ${duration(seconds)}.`,
      cure: () =>
        "Mettez ce serveur à l’heure (NTP) : c’est lui qui cadence les envois et les délais de 24 h.",
    },
    both_wrong: {
      said: ({ seconds }) =>
        `Cette machine et la base sont décalées de ${duration(seconds)} par rapport à Twilio.`,
      cure: () => "Mettez-les à l’heure (NTP).",
    },
    one_wrong: {
      said: ({ seconds }) => `Cette machine et la base diffèrent de ${duration(seconds)}.`,
      cure: () => "Activez la mise à l’heure automatique (NTP) sur les deux.",
    },
    all_differ: {
      said: ({ seconds }) =>
        `Cette machine, la base et Twilio ont trois heures différentes ; la machine est décalée de ${duration(seconds)}.`,
      cure: () => "Activez la mise à l’heure automatique (NTP) sur la machine et sur le serveur de la base.",
    },
    no_reference: text(
      "Ni la base ni Twilio n’ont donné l’heure.",
      "Comparez l’heure de la machine à la vôtre ; relancez quand le réseau est revenu.",
    ),
  },
} satisfies Record<string, Record<string, CheckText>>;

function duration(seconds: Facts[string] | undefined): string {
  const value = Number(seconds ?? 0);
  if (value < 120) return `${value} s`;
  return value < 7200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3600)} h`;
}

function referenceNames(references: Facts[string] | undefined): string {
  const names: Record<string, string> = { database: "base", twilio: "Twilio" };
  return ["cette machine", ...String(references).split(",")].map((name) => names[name] ?? name).join(", ");
}
