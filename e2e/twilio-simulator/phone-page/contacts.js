// @ts-check
// The list of the phones.
import { duration, el, redraw } from "./dom.js";

/** @typedef {import("./api.js").PhoneLine} PhoneLine */

/**
 * What a phone may receive, in one line.
 * @param {PhoneLine} phone @param {number} now
 */
export function stateOf(phone, now) {
  if (!phone.member || phone.memberUntil === null) {
    return phone.memberUntil === null ? "Pas inscrit" : "Inscription terminée";
  }
  const windowText =
    phone.windowOpen && phone.windowUntil !== null
      ? `texte libre encore ${duration(phone.windowUntil - now)}`
      : "fenêtre fermée";
  return `Inscrit encore ${duration(phone.memberUntil - now)} · ${windowText}`;
}

/**
 * @param {Element} list @param {import("./api.js").Overview} overview @param {(address: string) => void} choose
 */
export function drawContacts(list, { phones, phone: current, clock }, choose) {
  const lines = phones.map((phone) => ({
    address: phone.address,
    name: phone.profileName,
    unread: phone.unread,
    state: phone.online ? shortState(phone, clock.now) : "Hors ligne",
    current: phone.address === current?.address,
  }));
  redraw(list, lines, () =>
    lines.length === 0
      ? [el("li", { class: "soft" }, "Aucun téléphone : ajoutez un numéro, ou lancez une campagne.")]
      : lines.map(({ address, name, unread, state, current }) =>
          el(
            "li",
            {},
            el(
              "button",
              {
                type: "button",
                "data-key": address,
                "aria-current": current ? "true" : null,
                click: () => choose(address),
              },
              el("b", {}, name),
              unread > 0 &&
                el("span", { class: "count" }, String(unread), el("span", { class: "hidden" }, " non lu")),
              el("span", { class: "soft" }, `${address} · ${state}`),
            ),
          ),
        ),
  );
}

/** @param {PhoneLine} phone @param {number} now */
function shortState(phone, now) {
  if (!phone.member || phone.memberUntil === null) return "pas inscrit";
  return `inscrit, ${duration(phone.memberUntil - now).replace(/(?<=h).*/, "")}`;
}
