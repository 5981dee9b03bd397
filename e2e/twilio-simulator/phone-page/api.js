// @ts-check
// The control API, as this page uses it.

/** @typedef {import("../overview.ts").Overview} Overview */
/** @typedef {import("../overview.ts").PhoneLine} PhoneLine */
/** @typedef {import("../overview.ts").JournalEntry} JournalEntry */
/** @typedef {import("../screen.ts").ScreenEntry} ScreenEntry */
/** @typedef {import("../inbound.ts").InboundInput} InboundInput */
/** @typedef {import("../inbound.ts").InboundResult} InboundResult */

/**
 * @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>}
 */
async function call(method, path, body) {
  const response = await fetch(`/_sim/${path}`, {
    method,
    headers: method === "GET" ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await response.json();
  if (!response.ok) throw new Error(json.error ?? String(response.status));
  return json;
}

export const api = {
  /** @param {string | null} phone @param {string} search @returns {Promise<Overview>} */
  overview(phone, search) {
    const query = new URLSearchParams({ search, ...(phone === null ? {} : { phone }) });
    return call("GET", `overview?${query}`);
  },
  /** @param {InboundInput} input @returns {Promise<InboundResult>} */
  inbound: (input) => call("POST", "inbound", input),
  /** @param {string} phone */
  read: (phone) => call("POST", "read", { phone }),
  /** @param {string} phone @param {{ reads?: boolean, online?: boolean }} patch */
  changePhone: (phone, patch) => call("PATCH", `phones/${encodeURIComponent(phone)}`, patch),
  /** @param {number} hours */
  advance: (hours) => call("POST", "advance", { ms: hours * 3_600_000 }),
  /** @param {import("../faults.ts").FaultInput} fault */
  addFault: (fault) => call("POST", "faults", fault),
  /** @param {string} id */
  removeFault: (id) => call("DELETE", `faults/${encodeURIComponent(id)}`),
  clearFaults: () => call("DELETE", "faults"),
  /** @param {import("../settings.ts").SettingsPatch} patch */
  changeSettings: (patch) => call("PATCH", "settings", patch),
  flush: () => call("POST", "flush?timeoutMs=20000"),
};
