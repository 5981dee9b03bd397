import { frenchSpaces } from "#app/i18n/french-spaces.ts";
import { count } from "#app/i18n/plural.ts";
import type { Alarm, AlarmKind } from "#server/alarms/views.ts";

const since = (seconds: number) => {
  if (seconds < 120) return `${count(seconds)} s`;
  return seconds < 7200 ? `${count(Math.floor(seconds / 60))} min` : `${count(Math.floor(seconds / 3600))} h`;
};

/** What is red in the installation, with its cure. */
export const frAlarms = frenchSpaces({
  title: (alarm: Alarm): string => {
    switch (alarm.kind) {
      case "worker_silent":
        return alarm.seconds === null
          ? "Moteur d’envoi arrêté"
          : `Moteur d’envoi arrêté : aucun signe de vie depuis ${since(alarm.seconds)}`;
      case "work_waiting":
        return `Des messages attendent, et rien ne part depuis ${since(alarm.seconds)}`;
      case "schema_behind":
        return "La base de données est en retard sur cette version";
      case "events_unapplied":
        return alarm.count === 1
          ? `Un appel de Twilio n’est pas appliqué depuis ${since(alarm.seconds)}`
          : `${alarm.count < 100 ? count(alarm.count) : "Au moins 100"} appels de Twilio ne sont pas appliqués, le plus ancien depuis ${since(alarm.seconds)}`;
      case "sender_paused":
        return "Envois suspendus";
    }
  },
  cures: {
    worker_silent: "Aucun message ne part ni ne revient tant qu’il ne tourne pas. Sur le serveur :",
    work_waiting:
      "Le moteur d’envoi n’accorde plus de créneau. Redémarrez-le ; si cela dure, son journal dit pourquoi. Sur le serveur :",
    schema_behind:
      "Des pages peuvent échouer. Faites une sauvegarde, puis passez les migrations. Sur le serveur :",
    events_unapplied:
      "Rien n’est perdu : ce que Twilio a dit est gardé, et réessayé sans cesse. Si cela dure, la page Webhooks dit pourquoi à un super administrateur, qui peut rejouer chaque appel.",
    sender_paused: "Corrigez la cause, puis reprenez les envois.",
  } satisfies Record<AlarmKind, string>,
  /** for who may go there */
  seeCalls: "Voir ces appels",
  commands: {
    worker_silent: "npm run worker",
    work_waiting: "npm run worker",
    schema_behind: "npm run db:migrate",
    events_unapplied: null,
    sender_paused: null,
  } satisfies Record<AlarmKind, string | null>,
});
