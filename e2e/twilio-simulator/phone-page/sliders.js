// @ts-check
// The sliders: how much goes wrong, and how fast things go. A fault has the name of its slider.
import { api } from "./api.js";
import { el } from "./dom.js";

/** @typedef {import("../faults.ts").FaultInput} FaultInput */
/** @typedef {import("../settings.ts").Settings} Settings */
/** @typedef {{ name: string, label: string, behaviour: FaultInput["behaviour"] }} Slider */

/** @type {Slider[]} */
const sliders = [
  { name: "429", label: "Refus 429 (20429)", behaviour: { kind: "http-error", status: 429 } },
  { name: "503", label: "Refus 503 (20503)", behaviour: { kind: "http-error", status: 503 } },
  {
    name: "500-accepted",
    label: "Erreur 500, message parti quand même",
    behaviour: { kind: "http-error", status: 500, accepted: true },
  },
  {
    name: "cut",
    label: "Connexion coupée, message parti quand même",
    behaviour: { kind: "cut", accepted: true },
  },
  { name: "slow", label: "Réponse lente (5 s)", behaviour: { kind: "slow", ms: 5000 } },
  { name: "lost", label: "Callbacks perdus", behaviour: { kind: "callbacks-lost" } },
  { name: "late", label: "Callbacks en retard (10 s)", behaviour: { kind: "callbacks-late", ms: 10_000 } },
  { name: "twice", label: "Callbacks en double", behaviour: { kind: "callbacks-twice" } },
  { name: "reversed", label: "Callbacks à l’envers", behaviour: { kind: "callbacks-reversed" } },
];

const codes = [63015, 63016, 63018, 63024, 63032, 63049, 63112, 63003, 63012, 30008];
const failing = "fail";
const failLabel = "Échec de remise";

/** What a slider's fault is called. @param {string | undefined} name */
export function labelOf(name) {
  return name === failing ? failLabel : sliders.find((slider) => slider.name === name)?.label;
}

/** @typedef {{ key: string, label: string, max: number, step: number, read(settings: Page): number, write(seconds: number): import("../settings.ts").SettingsPatch }} Pace */
/** @typedef {import("./api.js").Overview["settings"]} Page */

const second = 1000;
/** @type {Pace[]} */
const paces = [
  .../** @type {const} */ ([
    ["sent", "Envoyé après", 10],
    ["delivered", "Remis après", 60],
    ["read", "Lu après", 120],
  ]).map(([status, label, max]) => ({
    key: status,
    label,
    max,
    step: 0.5,
    read: (/** @type {Page} */ settings) => settings.statusDelaysMs[status] / second,
    write: (/** @type {number} */ value) => ({ statusDelaysMs: { [status]: value * second } }),
  })),
  {
    key: "interval",
    label: "Un message toutes les",
    max: 10,
    step: 0.5,
    read: (settings) => settings.minIntervalMs / second,
    write: (value) => ({ minIntervalMs: value * second }),
  },
];

/**
 * Draws the sliders once and keeps them at what the simulator says.
 * @param {{ sliders: HTMLElement, pace: HTMLElement }} places @param {(work: Promise<unknown>) => void} doing
 */
export function makeSliders(places, doing) {
  const code = /** @type {HTMLSelectElement} */ (
    el("select", { "aria-label": "Code d’échec" }, ...codes.map((each) => el("option", {}, String(each))))
  );
  const set = (/** @type {string} */ name, /** @type {FaultInput["behaviour"]} */ behaviour) => {
    return (/** @type {number} */ percent) =>
      doing(
        percent > 0
          ? api.addFault({ name, behaviour, probability: percent / 100, seed: Date.now() % 100_000 })
          : removeNamed(name),
      );
  };
  const fail = range({ label: failLabel, max: 100, step: 5, unit: " %" }, (percent) =>
    set(failing, { kind: "fail", code: Number(code.value) })(percent),
  );
  code.addEventListener("change", () => {
    const percent = Number(fail.input.value);
    if (percent > 0) set(failing, { kind: "fail", code: Number(code.value) })(percent);
  });
  fail.element.append(code);

  const ranges = new Map([
    ...sliders.map(({ name, label, behaviour }) => {
      const made = range({ label, max: 100, step: 5, unit: " %" }, set(name, behaviour));
      return /** @type {const} */ ([name, made]);
    }),
    /** @type {const} */ ([failing, fail]),
  ]);
  places.sliders.append(...[...ranges.values()].map(({ element }) => element));
  const paceRanges = paces.map((pace) => {
    const made = range({ ...pace, unit: " s" }, (value) => doing(api.changeSettings(pace.write(value))));
    places.pace.append(made.element);
    return { pace, made };
  });

  /** @type {import("./api.js").Overview["faults"]} */
  let faults = [];
  const removeNamed = async (/** @type {string} */ name) => {
    for (const fault of faults) if (fault.name === name) await api.removeFault(fault.id);
  };

  return (/** @type {import("./api.js").Overview} */ overview) => {
    faults = overview.faults;
    for (const [name, { show }] of ranges) {
      const fault = faults.find((each) => each.name === name);
      show(Math.round((fault?.probability ?? 0) * 100));
      if (name === failing && fault?.behaviour.kind === "fail") code.value = String(fault.behaviour.code);
    }
    for (const { pace, made } of paceRanges) made.show(pace.read(overview.settings));
  };
}

/**
 * @param {{ label: string, max: number, step: number, unit: string }} options @param {(value: number) => void} changed
 */
function range({ label, max, step, unit }, changed) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "range", min: 0, max, step, value: 0 }));
  // no <output>: a label would name it instead of the slider
  const output = el("span", { class: "value", "aria-hidden": "true" });
  const told = () => {
    output.textContent = input.value.replace(".", ",") + unit;
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", told);
  input.addEventListener("change", () => changed(Number(input.value)));
  told();
  const element = el("div", { class: "slider" }, el("label", {}, el("span", {}, label), output, input));
  const show = (/** @type {number} */ value) => {
    if (document.activeElement === input && input.matches(":active")) return;
    input.value = String(value);
    told();
  };
  return { element, input, show };
}
