import { preflight } from "#app/i18n/fr/preflight.ts";
import { schedule } from "#app/i18n/fr/schedule.ts";
import { trial } from "#app/i18n/fr/trial.ts";
import { count, plural } from "#app/i18n/plural.ts";
import type { CampaignStopReason } from "#server/domain/failures.ts";

export const campaigns = {
  title: "Campagnes",
  total: (total: number) => plural(total, "campagne", "campagnes"),
  totalIsMore: (total: number) => `plus de ${count(total)} campagnes`,
  add: "Nouvelle campagne",
  filter: {
    search: "Rechercher une campagne",
    placeholder: "Nom de la campagne",
    label: "Montrer",
    all: "Toutes",
    archived: "Archives",
  },
  noMatch: {
    title: "Aucune campagne ici",
    text: "Rien ne correspond à cette recherche et à ce statut.",
    archived:
      "Une campagne terminée, annulée ou en échec s’archive depuis sa page : elle quitte la liste, et rien d’autre ne change.",
    reset: "Toutes les campagnes",
  },
  duplicate: {
    action: "Dupliquer",
    done: "Voici la copie, en brouillon : changez ce qui doit l’être, puis lancez.",
  },
  archive: {
    action: "Archiver",
    undo: "Sortir des archives",
    badge: "Archivée",
    done: "Campagne archivée. Elle reste dans les archives de la liste.",
    undone: "La campagne est de nouveau dans la liste.",
  },
  columns: {
    name: "Campagne",
    status: "Statut",
    progress: "Progression",
    results: "Résultats",
    date: "Date",
  },
  statuses: {
    draft: "Brouillon",
    scheduled: "Programmée",
    sending: "En cours",
    paused: "En pause",
    completed: "Terminée",
    cancelled: "Annulée",
    failed: "En échec",
  },
  empty: {
    title: "Votre première campagne",
    text: "Choisissez un modèle et des catégories : Message 1 part à chacun, Message 2 suit tout seul quand un contact répond.",
    noContacts: "Commencez par ajouter des contacts et les ranger dans une catégorie.",
  },
  results: {
    delivered: (value: number) => plural(value, "remis", "remis"),
    failed: (value: number) => plural(value, "échec", "échecs"),
    answers: (value: number) => plural(value, "réponse", "réponses"),
  },
  created: (when: string) => `créée ${when}`,
  started: (when: string) => `lancée ${when}`,
  finished: (when: string) => `terminée ${when}`,
  form: {
    newTitle: "Nouvelle campagne",
    editTitle: "Modifier la campagne",
    sections: {
      audience: "À qui",
      messageOne: "Message 1",
      messageTwo: "Message 2",
      preview: "Aperçu",
    },
    messageOneHint: "Un modèle approuvé, envoyé à tous les contacts des catégories choisies.",
    messageTwoHint: "Un texte libre, envoyé tout seul à ceux qui répondent.",
    name: "Nom de la campagne",
    namePlaceholder: "Relance de novembre",
    categories: "Catégories",
    noCategories: "Aucune catégorie pour l’instant.",
    createCategory: "Créer une catégorie",
    recipients: (total: number) => plural(total, "destinataire", "destinataires"),
    recipientsHint: "Un contact présent dans deux catégories ne compte qu’une fois.",
    excluded: (total: number) =>
      `${plural(total, "contact écarté", "contacts écartés")} : arrêt demandé, fiche à corriger ou Sandbox quitté.`,
    notJoined: (total: number) =>
      total < 2
        ? "Un destinataire n’est pas inscrit au Sandbox, ou ne l’est plus : rien ne lui parviendra avant qu’il envoie le code."
        : `${count(total)} destinataires ne sont pas inscrits au Sandbox, ou ne le sont plus : rien ne leur parviendra avant qu’ils envoient le code.`,
    template: "Modèle",
    unconfigured: "à configurer",
    unconfiguredHelp:
      "Ce modèle n’a pas encore de Content SID (variable TWILIO_DEFAULT_CONTENT_SID) : la campagne pourra être enregistrée, mais pas lancée.",
    sources: { default: null, sandbox: "Sandbox", account: "votre compte Twilio" },
    approval: (status: string) => `approbation : ${status}`,
    sync: "Actualiser les modèles",
    synced: (added: number, updated: number, removed: number) =>
      added + updated + removed === 0
        ? "Les modèles sont à jour."
        : `Modèles actualisés : ${plural(added, "ajouté", "ajoutés")}, ${plural(updated, "modifié", "modifiés")}, ${plural(removed, "retiré", "retirés")}.`,
    variable: (name: string) => `Variable {{${name}}}`,
    variableSource: (name: string) => `Contenu de la variable ${name}`,
    variableText: (name: string) => `Texte de la variable ${name}`,
    variableFallback: (name: string) => `Valeur de repli de la variable ${name}`,
    literal: "Le même texte pour tous",
    contactFields: {
      firstName: "Prénom du contact",
      lastName: "Nom du contact",
      fullName: "Prénom et nom du contact",
      phone: "Numéro du contact",
    },
    literalPlaceholder: (sample: string) => `par exemple ${sample}`,
    fallbackPlaceholder: "valeur de repli",
    fallbackHint: "Un contact qui n’en a pas lira le second champ, la valeur de repli.",
    messageTwo: "Texte du Message 2",
    messageTwoLabelHint: "Laissez vide pour ne rien envoyer en réponse. Les liens seront cliquables.",
    characters: (used: number, max: number) => `${count(used)} / ${count(max)} caractères`,
    save: "Enregistrer le brouillon",
    saveAndSee: "Enregistrer et continuer",
  },
  preview: {
    label: "Aperçu sur le téléphone",
    as: "Aperçu pour",
    sample: "Contact d’exemple",
    sampleFirstName: "Camille",
    sampleLastName: "Martin",
    answer: "Bonjour, oui, dites-m’en plus !",
    answerNote: "Le contact répond",
    noMessageTwo: "Aucun Message 2 : rien ne suivra sa réponse.",
    empty: "Choisissez un modèle pour voir le message.",
    messageOne: "Message 1",
    messageTwo: "Message 2",
    today: "Aujourd’hui",
  },
  preflight,
  schedule,
  trial,
  createdToast: "Brouillon enregistré. Relisez, puis lancez.",
  updatedToast: "Brouillon enregistré.",
  launch: {
    action: "Lancer",
    title: (name: string) => `Lancer « ${name} » ?`,
    text: (recipients: number) =>
      `Message 1 partira à ${plural(recipients, "destinataire", "destinataires")}. Un lancement ne se reprend pas : ce qui est parti est parti.`,
    figures: (duration: string, end: string) => `Durée ${duration}, fin au plus tard ${end}.`,
    cost: (cost: string) => `Coût estimé : ${cost}.`,
    leftOut: (total: number) => `${plural(total, "contact écarté", "contacts écartés")}.`,
    warned: (total: number) =>
      `${plural(total, "point", "points")} à savoir sur la page : lisez-${total < 2 ? "le" : "les"} avant de lancer.`,
    confirm: "Lancer la campagne",
    done: "Campagne lancée.",
  },
  pause: { action: "Mettre en pause", done: "Campagne en pause. Ce qui est en route se termine." },
  resume: { action: "Reprendre", done: "La campagne reprend." },
  cancel: {
    action: "Annuler la campagne",
    title: (name: string) => `Annuler « ${name} » ?`,
    text: (waiting: number) =>
      waiting === 0
        ? "Plus rien n’attend d’être envoyé."
        : `${plural(waiting, "message", "messages")} en attente ne ${waiting < 2 ? "partira" : "partiront"} jamais. Ce qui est déjà parti reste suivi.`,
    scheduled:
      "Elle ne partira pas, et ne pourra plus partir. Pour la changer ou la remettre à plus tard, revenez plutôt au brouillon.",
    confirm: "Annuler définitivement",
    done: "Campagne annulée.",
  },
  retry: {
    action: "Réessayer les échecs",
    one: "Réessayer",
    some: (total: number) => `Réessayer (${count(total)})`,
    reasonLabel: (reason: string, total: number) => `Réessayer (${count(total)}) : ${reason}`,
    oneLabel: (name: string) => `Réessayer pour ${name}`,
    done: (total: number) =>
      total === 0 ? "Rien à réessayer." : `${plural(total, "message repart", "messages repartent")}.`,
  },
  remove: {
    action: "Supprimer",
    title: (name: string) => `Supprimer « ${name} » ?`,
    text: "Le brouillon disparaît. Les contacts et les catégories restent.",
    textWithMessages: "La campagne quitte la liste. L’historique de ses messages est gardé.",
    confirm: "Supprimer la campagne",
    done: "Campagne supprimée.",
  },
  detail: {
    progress: "Progression",
    settled: (done: number, total: number) => `${count(done)} sur ${count(total)} traités`,
    causes: "Causes des échecs",
    template: "Modèle",
    categories: "Catégories",
    fallback: (value: string) => `valeur de repli : ${value}`,
    noTemplate: "modèle retiré",
    end: (time: string, duration: string) => `fin estimée ${time} (${duration})`,
    waitingRetry: (waiting: number) => `${plural(waiting, "message attend", "messages attendent")} son tour`,
    content: "Contenu",
    counters: {
      recipients: "Destinataires",
      sent: "Envoyés",
      delivered: "Remis",
      read: "Lus",
      failed: "Échecs",
      answers: "Réponses",
    },
    legend: {
      read: "Lus",
      delivered: "Remis",
      sent: "Envoyés",
      failed: "Échecs",
      uncertain: "À vérifier",
      skipped: "Écartés",
      cancelled: "Annulés",
      waiting: "En attente",
    },
    announce: (percent: string, sent: number, failed: number) =>
      `Progression : ${percent}. ${plural(sent, "envoyé", "envoyés")}, ${plural(failed, "échec", "échecs")}.`,
    pausedHelp: "Rien ne part pendant la pause. Reprenez quand vous voulez.",
    stopped: "Pourquoi elle s’est arrêtée",
    stopReasons: {
      failures_in_a_row:
        "Dix échecs de suite pour la même raison : la campagne s’est mise en pause d’elle-même. Corrigez la cause, puis reprenez.",
      all_refused: "Tous les envois ont été refusés pour la même raison, qui ne tient pas aux destinataires.",
      taken_over:
        "Campagne reprise de l’ancien système. Ce qui y attendait a peut-être déjà été envoyé : rien ne repart de lui-même. Pour l’envoyer à qui ne l’a pas reçue, dupliquez-la et choisissez un modèle ; pour la clore, annulez-la.",
    } satisfies Record<CampaignStopReason, string> as Record<string, string>,
    notJoined: {
      title: (total: number) =>
        total < 2
          ? "Un destinataire n’est pas inscrit au Sandbox"
          : `${count(total)} destinataires ne sont pas inscrits au Sandbox`,
      text: "Une fois l’inscription faite, réessayez : le message repart d’un clic.",
    },
  },
};
