// @ts-check
// The page: what it shows is read anew whenever the simulator says that something changed.
import { api } from "./api.js";
import { listenToComposer } from "./composer.js";
import { drawContacts, stateOf } from "./contacts.js";
import { byId, duration } from "./dom.js";
import { drawFaults } from "./faults.js";
import { drawJournal } from "./journal.js";
import { drawScreen } from "./screen.js";
import { makeSliders } from "./sliders.js";

const button = (/** @type {string} */ id) => byId(id, HTMLButtonElement);
const input = (/** @type {string} */ id) => byId(id, HTMLInputElement);
const words = byId("words", HTMLTextAreaElement);
const told = byId("told", HTMLElement);

/** @type {string | null} */
let chosen = decodeURIComponent(location.hash.slice(1)) || null;
/** @type {import("./api.js").Overview | null} */
let overview = null;
let reading = false;
let again = false;

const doing = (/** @type {Promise<unknown>} */ work) => {
  work.then(look, (error) => {
    told.textContent = error.message;
  });
};
const showSliders = makeSliders(
  { sliders: byId("sliders", HTMLElement), pace: byId("pace", HTMLElement) },
  doing,
);

/** Reads and shows everything; a change during the reading leads to another. */
async function look() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  try {
    overview = await api.overview(chosen, input("search").value);
    // whoever acts comes first in the list: the phone in hand stays in hand
    chosen ??= overview.phone?.address ?? null;
    show(overview);
  } catch (error) {
    told.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    reading = false;
    if (again) {
      again = false;
      void look();
    }
  }
}

/** @param {import("./api.js").Overview} overview */
function show(overview) {
  const { phone, clock, settings } = overview;
  byId("contact-count", HTMLElement).textContent = `(${overview.phoneCount})`;
  drawContacts(byId("contacts", HTMLElement), overview, choose);
  byId("phone-title", HTMLElement).textContent = phone?.profileName ?? "Aucun téléphone";
  byId("phone-state", HTMLElement).textContent = phone ? phoneState(phone, clock.now) : "";
  drawScreen(byId("screen", HTMLElement), phone, say);
  input("online").checked = phone?.online ?? false;
  input("online").disabled = !phone;
  const canSpeak = phone?.online ?? false;
  input("reads").checked = phone?.reads ?? settings.autoRead;
  input("reads").disabled = !phone;
  button("read").disabled = !phone?.unread || !canSpeak;
  button("read").textContent = phone?.unread ? `Lire (${phone.unread})` : "Lire";
  words.disabled = !canSpeak;
  input("picture").disabled = !canSpeak;
  for (const each of document.querySelectorAll(".below button:not(#read)")) {
    if (each instanceof HTMLButtonElement) each.disabled = !canSpeak;
  }
  button("join").textContent = `Écrire « join ${settings.joinCode} »`;
  button("join").classList.toggle("primary", phone !== null && !phone.member);
  byId("now", HTMLElement).textContent = new Date(clock.now).toLocaleString("fr-FR");
  byId("offset", HTMLElement).textContent =
    clock.offsetMs > 0 ? `avancée de ${duration(clock.offsetMs)}` : "à l’heure";
  showSliders(overview);
  drawFaults(byId("faults", HTMLElement), byId("faults-count", HTMLElement), overview, doing);
  drawJournal(byId("journal", HTMLElement), overview.journal);
}

/** @param {import("./api.js").PhoneLine} phone @param {number} now */
function phoneState(phone, now) {
  const waiting = phone.waiting > 0 ? ` · ${phone.waiting} en attente du réseau` : "";
  return `${phone.address} · ${stateOf(phone, now)}${waiting}`;
}

/** @param {string} address */
function choose(address) {
  chosen = address;
  history.replaceState(null, "", `#${encodeURIComponent(address)}`);
  told.textContent = "";
  void look();
}

/** @param {Omit<import("./api.js").InboundInput, "phone">} what */
function say(what) {
  const phone = overview?.phone?.address;
  if (!phone) return;
  told.textContent = "";
  doing(
    api.inbound({ phone, ...what }).then(({ sid, webhook }) => {
      told.textContent =
        sid === null
          ? "Resté entre le téléphone et le Sandbox : le compte n’en sait rien."
          : webhook === null
            ? "Reçu par Twilio ; aucun webhook n’est réglé."
            : `Transmis au webhook : réponse ${webhook.result}.`;
    }),
  );
}

listenToComposer({
  say,
  tell: (text) => {
    told.textContent = text;
  },
  joinCode: () => overview?.settings.joinCode ?? "",
});

const change = (/** @type {{ reads?: boolean, online?: boolean }} */ patch) => {
  const phone = overview?.phone?.address;
  if (phone) doing(api.changePhone(phone, patch));
};
input("online").addEventListener("change", () => change({ online: input("online").checked }));
input("reads").addEventListener("change", () => change({ reads: input("reads").checked }));
button("read").addEventListener("click", () => overview?.phone && doing(api.read(overview.phone.address)));
input("search").addEventListener("input", () => void look());
byId("add", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const number = input("number").value.trim();
  doing(
    api.changePhone(number, {}).then((phone) => {
      input("number").value = "";
      choose(phone.address);
    }),
  );
});
button("clear").addEventListener("click", () => doing(api.clearFaults()));
button("flush").addEventListener("click", () => doing(api.flush()));
for (const each of document.querySelectorAll("[data-hours]")) {
  if (!(each instanceof HTMLButtonElement)) continue;
  each.addEventListener("click", () => doing(api.advance(Number(each.dataset.hours))));
}

const link = byId("link", HTMLElement);
const events = new EventSource("/_sim/events");
events.addEventListener("change", () => void look());
events.addEventListener("open", () => {
  link.textContent = "En direct";
  link.classList.remove("off");
});
events.addEventListener("error", () => {
  link.textContent = "Simulateur injoignable";
  link.classList.add("off");
});
// what is left of a membership or a window runs down by itself
setInterval(() => void look(), 30_000);
void look();
