// @ts-check
// The faults there are.
import { api } from "./api.js";
import { el, redraw } from "./dom.js";
import { labelOf } from "./sliders.js";

/**
 * Every fault that can still strike, whoever made it.
 * @param {Element} list @param {Element} count @param {import("./api.js").Overview} overview
 * @param {(work: Promise<unknown>) => void} doing
 */
export function drawFaults(list, count, overview, doing) {
  const live = overview.faults.filter(({ timesLeft }) => timesLeft !== 0);
  count.textContent = live.length === 0 ? "aucune panne" : `${live.length} en cours`;
  redraw(list, live, () =>
    live.length === 0
      ? [el("li", { class: "soft" }, "Aucune panne : Twilio répond comme il faut.")]
      : live.map((fault) =>
          el(
            "li",
            {},
            el("span", {}, faultLine(fault)),
            el(
              "button",
              { type: "button", "data-key": fault.id, click: () => doing(api.removeFault(fault.id)) },
              "Retirer",
            ),
          ),
        ),
  );
}

/** @param {import("./api.js").Overview["faults"][number]} fault */
function faultLine({ name, behaviour, probability, timesLeft, hits, to }) {
  const label = labelOf(name) ?? behaviour.kind;
  return [
    behaviour.kind === "fail" ? `${label} ${behaviour.code}` : label,
    probability !== undefined && `${Math.round(probability * 100)} %`,
    timesLeft !== null && `encore ${timesLeft} fois`,
    to !== undefined && `vers ${to}`,
    `touché ${hits}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
