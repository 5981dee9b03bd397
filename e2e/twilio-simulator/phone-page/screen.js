// @ts-check
// The conversation as the phone shows it.
import { clockTime, el, redraw } from "./dom.js";

/** @typedef {import("./api.js").ScreenEntry} ScreenEntry */
/** @typedef {import("./api.js").InboundInput} InboundInput */
/** @typedef {(input: Omit<InboundInput, "phone">) => void} Say */

const emojis = ["👍", "❤️", "😂", "🙏"];

/**
 * Scrolls to the end when something came.
 * @param {HTMLElement} log @param {import("./api.js").Overview["phone"]} phone @param {Say} say
 */
export function drawScreen(log, phone, say) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const drawn = redraw(log, phone && [phone.address, phone.online, phone.screen], () => {
    if (!phone) return [el("p", { class: "empty" }, "Choisissez un téléphone.")];
    if (phone.screen.length === 0) {
      return [el("p", { class: "empty" }, "Rien encore. Ce téléphone peut s’inscrire au Sandbox.")];
    }
    return phone.screen.map((entry) => bubble(entry, { say, disabled: !phone.online }));
  });
  if (drawn && (atEnd || log.dataset.phone !== phone?.address)) log.scrollTop = log.scrollHeight;
  log.dataset.phone = phone?.address ?? "";
}

const senders = { phone: "Moi", business: "Entreprise", sandbox: "Sandbox Twilio" };

/**
 * @param {ScreenEntry} entry @param {{ say: Say, disabled: boolean }} options
 */
function bubble(entry, { say, disabled }) {
  const { id, side, text, at, read, buttons, media, location, reactions } = entry;
  return el(
    "article",
    { class: `bubble ${side}`, "aria-label": senders[side] },
    ...media.map(picture),
    location && el("p", {}, `📍 ${placeOf(location)}`),
    text !== "" && el("p", { class: "words", dir: "auto" }, text),
    buttons.length > 0 &&
      el(
        "div",
        { class: "row" },
        ...buttons.map(({ title, payload }, index) =>
          el(
            "button",
            {
              type: "button",
              class: "reply",
              disabled,
              "data-key": `${id}-${index}`,
              click: () => say({ button: { text: title, payload: payload ?? undefined }, repliedSid: id }),
            },
            title,
          ),
        ),
      ),
    el(
      "footer",
      {},
      el("time", { datetime: new Date(at).toISOString() }, clockTime(at)),
      side === "sandbox" && el("span", {}, "Sandbox"),
      read === false && el("span", {}, "non lu"),
      reactions.length > 0 && el("span", { "aria-label": "Réactions" }, reactions.join(" ")),
      side === "business" && !disabled && reactor(id, say),
    ),
  );
}

/** @param {string} sid @param {Say} say */
function reactor(sid, say) {
  const details = /** @type {HTMLDetailsElement} */ (
    el(
      "details",
      { class: "react", "data-key": `react-${sid}` },
      el("summary", { "aria-label": "Réagir" }, "☺"),
    )
  );
  const react = (/** @type {string} */ emoji) => {
    details.open = false;
    say({ reaction: { emoji, sid } });
  };
  details.append(
    el(
      "div",
      { class: "row" },
      ...emojis.map((emoji) =>
        el("button", { type: "button", "aria-label": `Réagir ${emoji}`, click: () => react(emoji) }, emoji),
      ),
    ),
  );
  return details;
}

/**
 * A picture the phone sent is shown; the address of another file is only told.
 * @param {{ contentType: string, url: string }} file
 */
function picture({ contentType, url }) {
  const [, mediaSid] = /^https:\/\/api\.twilio\.com\/.*\/Media\/(ME[0-9a-f]{32})$/.exec(url) ?? [];
  if (mediaSid && contentType.startsWith("image/")) {
    return el("img", { src: `/_media/${mediaSid}`, alt: "Photo envoyée" });
  }
  return el("p", { class: "words" }, `📎 ${contentType} ${url}`);
}

/** @param {NonNullable<ScreenEntry["location"]>} location */
function placeOf({ label, address, latitude, longitude }) {
  return [label, address, `${latitude}, ${longitude}`].filter(Boolean).join(" · ");
}
