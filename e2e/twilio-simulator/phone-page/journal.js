// @ts-check
// What Twilio would log: the requests it got, the webhooks it called.
import { clockTime, el, redraw } from "./dom.js";

/** @typedef {import("./api.js").JournalEntry} JournalEntry */

/** @param {Element} list @param {JournalEntry[]} journal */
export function drawJournal(list, journal) {
  redraw(list, journal, () =>
    journal.length === 0
      ? [el("li", { class: "soft" }, "Rien encore.")]
      : [...journal]
          .reverse()
          .map((entry) =>
            el(
              "li",
              {},
              el(
                "details",
                { "data-key": `log-${entry.id}` },
                el(
                  "summary",
                  {},
                  el("time", { datetime: new Date(entry.at).toISOString() }, clockTime(entry.at)),
                  entry.kind === "request"
                    ? el("span", { title: "Requête reçue" }, "→")
                    : el("span", { title: "Webhook envoyé" }, "←"),
                  el("span", {}, entry.kind === "request" ? requestTitle(entry) : webhookTitle(entry)),
                  outcome(entry),
                ),
                el("table", {}, el("tbody", {}, ...rows(entry))),
              ),
            ),
          ),
  );
}

/** @param {Extract<JournalEntry, { kind: "request" }>} request */
function requestTitle({ method, path, form }) {
  const what = path
    .replace(/^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}/i, "")
    .replace(/([A-Z]{2}[0-9a-f]{6})[0-9a-f]{26}/gi, "$1…");
  return form.To ? `${method} ${what} vers ${form.To}` : `${method} ${what}`;
}

/** @param {Extract<JournalEntry, { kind: "webhook" }>} call */
function webhookTitle({ fields, attempt }) {
  const again = attempt > 1 ? `, essai ${attempt}` : "";
  if (fields.MessageStatus) {
    const code = fields.ErrorCode ? ` ${fields.ErrorCode}` : "";
    return `${fields.MessageStatus}${code} pour ${fields.To}${again}`;
  }
  return `message de ${fields.From}${again} : ${fields.Body || fields.MessageType}`;
}

/** @type {Record<string, string>} */
const results = {
  0: "en cours",
  connect: "injoignable",
  timeout: "sans réponse",
  reset: "coupé",
  lost: "perdu (panne)",
  cut: "coupé (panne)",
  "no-answer": "sans réponse (panne)",
};

/** @param {JournalEntry} entry */
function outcome({ result, ...entry }) {
  const code = entry.kind === "request" && entry.errorCode !== null ? ` (${entry.errorCode})` : "";
  const good = typeof result === "number" && result >= 200 && result < 400;
  return el(
    "b",
    { class: result === 0 ? "wait" : good ? "good" : "bad" },
    (results[String(result)] ?? String(result)) + code,
  );
}

/** @param {JournalEntry} entry */
function rows(entry) {
  const facts =
    entry.kind === "request"
      ? { ...entry.query, ...entry.form, SID: entry.messageSid ?? "", Pannes: entry.faults.join(", ") }
      : {
          Adresse: entry.url,
          ...entry.fields,
          Réponse: entry.answer || "(vide)",
          Durée: `${entry.tookMs} ms`,
        };
  return Object.entries(facts)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, String(value))));
}
