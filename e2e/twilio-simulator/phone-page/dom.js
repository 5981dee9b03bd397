// @ts-check
// Elements made of texts: nothing here ever reads markup, so no message can become any.

/** @typedef {Record<string, string | number | boolean | EventListener | null | undefined>} Attributes */
/** @typedef {Node | string | null | false} Child */

/**
 * A function for an attribute listens, `true` sets it bare, null and false leave it out.
 * @param {string} name @param {Attributes} [attributes] @param {Child[]} children
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false)
      element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/**
 * The element of the page with this id, which must be of this class.
 * @template {HTMLElement} T
 * @param {string} id @param {new () => T} type @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`#${id} is missing`);
  return element;
}

/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/**
 * Fills a container anew when `state` changed. What has a `data-key` keeps the focus and stays unfolded.
 * @param {Element} container @param {unknown} state @param {() => Child[]} draw @returns {boolean} whether it did
 */
export function redraw(container, state, draw) {
  const text = JSON.stringify(state);
  if (shown.get(container) === text) return false;
  shown.set(container, text);
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && container.contains(focused) ? focused.dataset.key : undefined;
  const unfolded = [...container.querySelectorAll("details[open][data-key]")].map(keyOf);
  container.replaceChildren(...draw().filter((child) => child !== null && child !== false));
  for (const element of container.querySelectorAll("[data-key]")) {
    if (element instanceof HTMLDetailsElement && unfolded.includes(keyOf(element))) element.open = true;
    if (element instanceof HTMLElement && key !== undefined && keyOf(element) === key) element.focus();
  }
  return true;
}

/** @param {Element} element */
function keyOf(element) {
  return element instanceof HTMLElement ? element.dataset.key : undefined;
}

/** A moment of the simulated clock: `14:05:09`. @param {number} at */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString("fr-FR");
}

/** What is left until a moment: `71 h 05`, in one piece. @param {number} ms */
export function duration(ms) {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const text = hours > 0 ? `${hours} h ${String(rest).padStart(2, "0")}` : `${rest} min`;
  return text.replaceAll(" ", "\u00a0");
}
