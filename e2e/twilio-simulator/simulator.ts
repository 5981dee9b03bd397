// One simulated Twilio: its settings, clock, memory and callbacks. The HTTP side is in server.ts.

import { createWebhookCaller, type WebhookCaller } from "./callbacks.ts";
import { type Clock, createClock } from "./clock.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createLifecycle, type Lifecycle } from "./lifecycle.ts";
import { createPulse, type Pulse } from "./pulse.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { makeSettings, mergeSettings, type Settings, type SettingsPatch } from "./settings.ts";
import { createStore, type Store } from "./state/store.ts";
import type { Phone } from "./state/types.ts";

export type Simulator = {
  /** replaced as a whole by `configure`: read it when needed, do not keep it */
  settings(): Settings;
  configure(patch: SettingsPatch): Settings;
  clock: Clock;
  store: Store;
  faults: Faults;
  scheduler: Scheduler;
  webhooks: WebhookCaller;
  lifecycle: Lifecycle;
  pulse: Pulse;
  /** the phone of an address, joined already where `autoJoin` says so */
  phone(address: string): Phone;
  join(phone: Phone): void;
  leave(phone: Phone): void;
  /** takes the phone off the network, or puts it back: what waited for it is delivered */
  setOnline(phone: Phone, online: boolean): Promise<void>;
  /** back to the state after the start: settings, clock, memory, faults; callbacks to come are forgotten */
  reset(): void;
};

export function createSimulator(initial: SettingsPatch): Simulator {
  let settings = makeSettings(initial);
  const clock = createClock();
  const store = createStore();
  const scheduler = createScheduler();
  const pulse = createPulse();
  const log: Store["logWebhook"] = (entry) => {
    store.logWebhook(entry);
    pulse.beat();
  };
  const webhooks = createWebhookCaller({ settings: () => settings, scheduler, clock, log });
  const world = { settings: () => settings, clock, scheduler, webhooks };

  const simulator: Simulator = {
    ...world,
    store,
    faults: createFaults(),
    pulse,
    lifecycle: createLifecycle({
      ...world,
      log,
      isOnline: (to) => store.phone(phoneAddress(to)).online,
      changed: pulse.beat,
    }),
    configure(patch) {
      settings = mergeSettings(settings, patch);
      joinListed();
      return settings;
    },
    phone(address) {
      const phone = store.phone(address);
      const neverMoved = phone.joinedAt === null && phone.leftAt === null;
      if (settings.autoJoin === "all" && neverMoved) simulator.join(phone);
      return phone;
    },
    join(phone) {
      const now = clock.now();
      phone.joinedAt = now;
      phone.leftAt = null;
      phone.lastInboundAt = now;
    },
    leave(phone) {
      phone.joinedAt = null;
      phone.leftAt = clock.now();
    },
    async setOnline(phone, online) {
      phone.online = online;
      if (online) await simulator.lifecycle.comeOnline(`whatsapp:${phone.address}`);
    },
    reset() {
      settings = makeSettings(initial);
      scheduler.clear();
      simulator.lifecycle.forget();
      simulator.faults.clear();
      clock.reset();
      store.clear();
      joinListed();
    },
  };

  function joinListed() {
    if (!Array.isArray(settings.autoJoin)) return;
    for (const address of settings.autoJoin) {
      const phone = store.phone(phoneAddress(address));
      if (phone.joinedAt === null && phone.leftAt === null) simulator.join(phone);
    }
  }

  joinListed();
  return simulator;
}

/** A number as people write it: `whatsapp:+33 6 12…` → `+33612…`. */
export function phoneAddress(text: string): string {
  return text
    .replace(/^whatsapp:/, "")
    .replace(/[\s.()-]/g, (mark) => (mark === "." && /[A-Z]/.test(text) ? mark : ""));
}
